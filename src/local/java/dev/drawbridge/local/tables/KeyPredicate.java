package dev.drawbridge.local.tables;

import java.util.HashMap;
import java.util.Map;

/**
 * What stands between the parentheses of an address: strings in single quotes, a quote in them
 * doubled.
 */
final class KeyPredicate {
  private final String text;
  private int at;

  KeyPredicate(String text) {
    this.text = text;
  }

  String single() {
    String value = quoted();
    if (at != text.length()) {
      throw malformed();
    }
    return value;
  }

  Map<String, String> named() {
    Map<String, String> values = new HashMap<>();
    while (at < text.length()) {
      int equals = text.indexOf('=', at);
      if (equals < 0) {
        throw malformed();
      }
      String name = text.substring(at, equals).trim();
      at = equals + 1;
      values.put(name, quoted());
      if (at < text.length() && text.charAt(at++) != ',') {
        throw malformed();
      }
    }
    return values;
  }

  private String quoted() {
    if (at >= text.length() || text.charAt(at++) != '\'') {
      throw malformed();
    }
    StringBuilder value = new StringBuilder();
    while (true) {
      int quote = text.indexOf('\'', at);
      if (quote < 0) {
        throw malformed();
      }
      value.append(text, at, quote);
      at = quote + 1;
      if (at >= text.length() || text.charAt(at) != '\'') {
        return value.toString();
      }
      value.append('\'');
      at++;
    }
  }

  private TableError malformed() {
    return ErrorCode.INVALID_INPUT.error("Not a key: (" + text + ")");
  }
}

package dev.drawbridge.local.functions;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

/**
 * Paths as Kestrel, Azure's web server, sees them: percent-decoded but for {@code %2F}, and only
 * then rid of {@code .} and {@code ..}, so that an encoded {@code ..} climbs too.
 */
final class RequestPath {
  private static final String UNESCAPED = "-._~!$&'()*+,;=:@/";

  private RequestPath() {}

  /**
   * @param raw an absolute path as it came in
   * @throws IllegalArgumentException if an escape is malformed, no UTF-8, or is a null character
   */
  static String decode(String raw) {
    return withoutDots(unescape(raw));
  }

  /** The path as it stands in a URI. */
  static String encode(String path) {
    StringBuilder encoded = new StringBuilder();
    for (int i = 0; i < path.length(); ) {
      int c = path.codePointAt(i);
      boolean escape = c == '%' && isHex(path, i + 1) && isHex(path, i + 2);
      boolean plain = c < 128 && (Character.isLetterOrDigit(c) || UNESCAPED.indexOf(c) >= 0);
      if (escape || plain) {
        encoded.appendCodePoint(c);
      } else {
        for (byte b : Character.toString(c).getBytes(StandardCharsets.UTF_8)) {
          encoded.append("%%%02X".formatted(b));
        }
      }
      i += Character.charCount(c);
    }
    return encoded.toString();
  }

  private static boolean isHex(String text, int at) {
    return at < text.length() && HexFormat.isHexDigit(text.charAt(at));
  }

  private static String unescape(String raw) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    for (int i = 0; i < raw.length(); i++) {
      char c = raw.charAt(i);
      if (c != '%') {
        bytes.writeBytes(String.valueOf(c).getBytes(StandardCharsets.UTF_8));
        continue;
      }
      if (!isHex(raw, i + 1) || !isHex(raw, i + 2)) {
        throw new IllegalArgumentException("A malformed escape in the path");
      }
      String hex = raw.substring(i + 1, i + 3);
      int value = Integer.parseInt(hex, 16);
      if (value == 0) {
        throw new IllegalArgumentException("A null character in the path");
      }
      if (value == '/') {
        bytes.writeBytes(raw.substring(i, i + 3).getBytes(StandardCharsets.US_ASCII));
      } else {
        bytes.write(value);
      }
      i += 2;
    }
    try {
      return StandardCharsets.UTF_8
          .newDecoder()
          .decode(ByteBuffer.wrap(bytes.toByteArray()))
          .toString();
    } catch (CharacterCodingException e) {
      throw new IllegalArgumentException("The path is no UTF-8", e);
    }
  }

  private static String withoutDots(String path) {
    List<String> kept = new ArrayList<>();
    String[] segments = path.substring(1).split("/", -1);
    for (int i = 0; i < segments.length; i++) {
      String segment = segments[i];
      boolean dots = segment.equals(".") || segment.equals("..");
      if (segment.equals("..") && !kept.isEmpty()) {
        kept.remove(kept.size() - 1);
      }
      if (!dots) {
        kept.add(segment);
      } else if (i == segments.length - 1) {
        kept.add("");
      }
    }
    return "/" + String.join("/", kept);
  }
}

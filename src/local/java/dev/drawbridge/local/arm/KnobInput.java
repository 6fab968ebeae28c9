package dev.drawbridge.local.arm;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.drawbridge.local.http.Request;
import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.OptionalInt;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/** The JSON that a knob is given, read so that what is wrong with it can be said. */
record KnobInput(ObjectNode body) {
  /** What is wrong, in words for people. */
  static final class BadInput extends RuntimeException {
    BadInput(String message) {
      super(message, null, false, false);
    }
  }

  static KnobInput of(Request request) {
    return new KnobInput(
        Json.parseObject(request.text())
            .orElseThrow(() -> new BadInput("The body is not a JSON object")));
  }

  KnobInput onlyMembers(Collection<String> known) {
    List<String> unknown = new ArrayList<>();
    body.fieldNames().forEachRemaining(unknown::add);
    unknown.removeAll(known);
    if (!unknown.isEmpty()) {
      throw new BadInput("Unknown: %s. Known: %s".formatted(unknown, known));
    }
    return this;
  }

  boolean has(String member) {
    return body.has(member);
  }

  String text(String member, String otherwise) {
    return Json.text(body, member).orElse(otherwise);
  }

  Duration duration(String member) {
    String text =
        Json.text(body, member)
            .orElseThrow(() -> new BadInput("'%s' is missing or not a text".formatted(member)));
    try {
      Duration duration = Duration.parse(text);
      if (duration.isNegative()) {
        throw new BadInput("'%s' is negative: %s".formatted(member, text));
      }
      return duration;
    } catch (DateTimeParseException e) {
      throw new BadInput("'%s' is not an ISO-8601 duration: %s".formatted(member, text));
    }
  }

  /** A regular expression; one for everything if the member is absent. */
  Pattern pattern(String member) {
    String text = text(member, ".*");
    try {
      return Pattern.compile(text);
    } catch (PatternSyntaxException e) {
      throw new BadInput("'%s' is not a regular expression: %s".formatted(member, text));
    }
  }

  /** A whole number, or nothing if the member is absent. */
  OptionalInt number(String member) {
    if (!body.has(member)) {
      return OptionalInt.empty();
    }
    JsonNode value = body.path(member);
    if (!value.isInt()) {
      throw new BadInput("'%s' is not a whole number".formatted(member));
    }
    return OptionalInt.of(value.intValue());
  }

  boolean flag(String member) {
    JsonNode value = body.path(member);
    if (!value.isMissingNode() && !value.isBoolean()) {
      throw new BadInput("'%s' is neither true nor false".formatted(member));
    }
    return value.asBoolean(false);
  }
}

package dev.drawbridge.local.functions;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What the local host uses of host.json; what is absent there has Azure's default.
 *
 * @param routePrefix extensions.http.routePrefix; may be empty
 * @param maxAutoLockRenewal how long the lock of a message that is being handled is renewed
 */
record HostJson(
    String routePrefix,
    int prefetchCount,
    int maxConcurrentCalls,
    Duration maxAutoLockRenewal,
    boolean autoCompleteMessages) {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Pattern TIME_SPAN =
      Pattern.compile("(?:(\\d+)\\.)?(\\d{1,2}):(\\d{2}):(\\d{2})(?:\\.(\\d{1,7}))?");

  /** Reads the file. Problems with it are added to {@code problems}. */
  static HostJson read(Path file, List<String> problems) {
    JsonNode root = JSON.createObjectNode();
    try {
      root = JSON.readTree(Files.readString(file));
      if (!root.isObject()) {
        problems.add(file + " has no JSON object");
      }
    } catch (IOException e) {
      problems.add("%s can't be read: %s".formatted(file, e));
    }
    JsonNode serviceBus = root.path("extensions").path("serviceBus");
    int calls = serviceBus.path("maxConcurrentCalls").asInt(16);
    int prefetch = serviceBus.path("prefetchCount").asInt(0);
    if (calls < 1 || prefetch < 0) {
      problems.add(
          file + ": extensions.serviceBus needs maxConcurrentCalls >= 1 and prefetchCount >= 0");
    }
    String renewal = serviceBus.path("maxAutoLockRenewalDuration").asText("00:05:00");
    Duration duration = Duration.ofMinutes(5);
    try {
      duration = timeSpan(renewal);
    } catch (IllegalArgumentException e) {
      problems.add(file + ": extensions.serviceBus.maxAutoLockRenewalDuration: " + e.getMessage());
    }
    return new HostJson(
        root.path("extensions").path("http").path("routePrefix").asText("api").strip(),
        prefetch,
        calls,
        duration,
        serviceBus.path("autoCompleteMessages").asBoolean(true));
  }

  /** Reads .NET's {@code [d.]hh:mm:ss[.fffffff]}. */
  static Duration timeSpan(String text) {
    Matcher parts = TIME_SPAN.matcher(text);
    if (!parts.matches()) {
      throw new IllegalArgumentException("'%s' is not a time span hh:mm:ss".formatted(text));
    }
    String days = parts.group(1);
    String fraction = parts.group(5);
    return Duration.ofDays(days == null ? 0 : Long.parseLong(days))
        .plusHours(Long.parseLong(parts.group(2)))
        .plusMinutes(Long.parseLong(parts.group(3)))
        .plusSeconds(Long.parseLong(parts.group(4)))
        .plusNanos(fraction == null ? 0 : Long.parseLong((fraction + "00000000").substring(0, 9)));
  }
}

package dev.drawbridge.local.servicebus;

import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.qpid.protonj2.types.Symbol;
import org.apache.qpid.protonj2.types.transport.ErrorCondition;
import org.jspecify.annotations.Nullable;

/**
 * The answer to a request at {@code $cbs} or {@code $management}.
 *
 * @param status as in HTTP
 * @param error its condition, null where all is well
 */
record Reply(int status, String description, @Nullable Symbol error, Object body) {
  static Reply ok(Object body) {
    return new Reply(200, "OK", null, body);
  }

  static Reply accepted() {
    return new Reply(202, "Accepted", null, Map.of());
  }

  static Reply error(int status, ErrorCondition error) {
    return new Reply(status, error.getDescription(), error.getCondition(), Map.of());
  }

  /** Both spellings: the SDK reads one here and the other one there. */
  Map<String, Object> applicationProperties() {
    Map<String, Object> properties = new LinkedHashMap<>();
    properties.put("statusCode", status);
    properties.put("statusDescription", description);
    properties.put("status-code", status);
    properties.put("status-description", description);
    if (error != null) {
      properties.put("errorCondition", error);
    }
    return properties;
  }
}

package dev.drawbridge.local.arm;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.drawbridge.local.arm.KnobInput.BadInput;
import dev.drawbridge.local.http.Fault;
import dev.drawbridge.local.http.Faults;
import dev.drawbridge.local.http.Response;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The knob for faults in all services. */
final class FaultKnob {
  private static final List<String> MEMBERS =
      List.of("service", "method", "path", "status", "code", "retryAfter", "times", "afterEffect");

  private final Map<String, Faults> services;

  /**
   * @param services by name; may get more at any time
   */
  FaultKnob(Map<String, Faults> services) {
    this.services = services;
  }

  /** What has not hit yet, by service. */
  Response list() {
    ObjectNode all = Json.object();
    new TreeMap<>(services)
        .forEach(
            (service, faults) ->
                all.set(
                    service, Json.array(faults.waiting().stream().map(FaultKnob::json).toList())));
    return Response.json(200, all);
  }

  Response add(KnobInput input) {
    input.onlyMembers(MEMBERS);
    Fault fault =
        new Fault(
            input.pattern("method"),
            input.pattern("path"),
            status(input),
            input.text("code", "LocalFault"),
            retryAfter(input),
            times(input),
            input.flag("afterEffect"));
    String service = input.text("service", "arm");
    Faults faults = services.get(service);
    if (faults == null) {
      throw new BadInput("There is no service '%s': %s".formatted(service, services.keySet()));
    }
    faults.add(fault);
    return list();
  }

  Response clear() {
    services.values().forEach(Faults::clear);
    return Response.empty(204);
  }

  private static int status(KnobInput input) {
    int status = input.number("status").orElse(-1);
    if (status != 0 && (status < 400 || status > 599)) {
      throw new BadInput(
          "'status' is not an HTTP error (400 to 599), nor 0 to close the connection");
    }
    return status;
  }

  /** Seconds as a number, or any text, so that what a client makes of nonsense can be seen. */
  private static @Nullable String retryAfter(KnobInput input) {
    if (!input.has("retryAfter")) {
      return null;
    }
    return input.body().path("retryAfter").asText();
  }

  private static int times(KnobInput input) {
    OptionalInt times = input.number("times");
    if (times.orElse(1) < 1) {
      throw new BadInput("'times' is less than 1");
    }
    return times.orElse(1);
  }

  private static ObjectNode json(Fault fault) {
    return Json.object()
        .put("method", fault.method().pattern())
        .put("path", fault.path().pattern())
        .put("status", fault.status())
        .put("code", fault.code())
        .put("retryAfter", fault.retryAfter())
        .put("times", fault.times())
        .put("afterEffect", fault.afterEffect());
  }
}

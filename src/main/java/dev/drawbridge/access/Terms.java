package dev.drawbridge.access;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What every request says, whatever it asks to connect.
 *
 * @param clusterId the Astro cluster's id
 * @param expiresIn how long access may stand at most, counted from the request's acceptance
 * @param callbackUrl who else is told what becomes of it
 */
public record Terms(
    Ticket ticket, String clusterId, Duration expiresIn, Optional<CallbackUrl> callbackUrl) {

  static Fields.Field<Ticket> ticket(Fields fields) {
    return fields.object(
        "ticket",
        ticket -> {
          var system = ticket.required("system", text -> new Ticket(text, "0").system());
          var id = ticket.required("id", text -> new Ticket("any", text).id());
          return () -> new Ticket(system.get(), id.get());
        });
  }

  /** The fields of the terms; their value may be asked for inside {@link Fields#parsed} only. */
  static java.util.function.Supplier<Terms> read(Fields fields, Limits limits) {
    var ticket = ticket(fields);
    var cluster = fields.required("clusterId", Names::cluster);
    fields.optional("clusterType", Terms::privateClusterType);
    var expiresIn =
        fields.optional(
            "expiresIn",
            text -> Names.duration(text, Limits.SHORTEST_EXPIRY, limits.longestExpiry()));
    var callback =
        fields.optional("callbackUrl", text -> CallbackUrl.parse(text, limits.callbacks()));
    return () ->
        new Terms(
            ticket.get(),
            cluster.get(),
            expiresIn.get().orElse(limits.defaultExpiry()),
            callback.get());
  }

  void write(Map<String, Object> fields) {
    // In an order of its own: that of Map.of changes from one start of Java to the next, and with
    // it
    // would the fingerprint.
    fields.put("ticket", new TreeMap<>(Map.of("system", ticket.system(), "id", ticket.id())));
    fields.put("clusterId", clusterId);
    fields.put("expiresIn", expiresIn.toString());
    putIfGiven(fields, "callbackUrl", callbackUrl);
  }

  private static String privateClusterType(String text) {
    return switch (text) {
      case "dedicated", "hybrid" -> text;
      case "standard" ->
          throw new IllegalArgumentException(
              "must be dedicated or hybrid: Astronomer offers private connections for those only");
      default -> throw new IllegalArgumentException("must be dedicated or hybrid");
    };
  }

  /** The value of an optional field, for writing it back only where it was given. */
  static void putIfGiven(Map<String, Object> fields, String name, Optional<?> value) {
    value.ifPresent(given -> fields.put(name, given.toString()));
  }
}

package dev.drawbridge.access;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;

/** What a ticket asks to connect. It names what is to be connected and chooses no privilege. */
public sealed interface ConnectionRequest permits VnetPeering {

  /**
   * Reads a decoded JSON object whose {@code type} names one of the kinds.
   *
   * @return the request, or everything that is wrong with it
   */
  static Parsed<ConnectionRequest> parse(Map<String, ?> fields, Limits limits) {
    Object type = fields.get("type");
    return ConnectionKind.ofType(String.valueOf(type))
        .map(kind -> kind.parse(fields, limits))
        .orElseGet(
            () ->
                new Parsed.Invalid<>(
                    List.of(
                        new Violation(
                            "/type", type == null ? "is required" : "must be " + knownTypes()))));
  }

  private static String knownTypes() {
    return String.join(
        " or ",
        java.util.Arrays.stream(ConnectionKind.values()).map(ConnectionKind::type).toList());
  }

  ConnectionKind kind();

  Terms terms();

  /** The tenant that the target is in. */
  UUID tenantId();

  /** The resource that is to be connected, and that is watched for the connection. */
  ResourceId target();

  /** The request as its JSON fields, all defaults filled in: what {@link #parse} reads back. */
  Map<String, Object> toFields();

  /**
   * The connections that stood on the target before access was granted; none of them can confirm
   * this request.
   */
  Set<String> baseline(NetworkState state);

  /**
   * What the target's state says of the connection that is asked for.
   *
   * @param before names of connections that are not this request's, from {@link #baseline}
   * @param trusted which networks of the vendor may confirm it
   */
  Observation observe(NetworkState state, Set<String> before, TrustedRemotes trusted);

  /** What Astronomer's support must be told, as the vendor's page lists it, ready to paste. */
  String supportText();

  /** The same text for requests that ask the same; Azure's names are the same in any case. */
  default String fingerprint() {
    return AnyCase.fold(new TreeMap<>(toFields()).toString());
  }
}

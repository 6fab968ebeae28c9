package dev.drawbridge.access;

import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;

/** What a ticket asks to connect. It names what is to be connected and chooses no privilege. */
public sealed interface ConnectionRequest permits NetworkPeering, PrivateLink {

  /**
   * Reads a decoded JSON object whose {@code type} names one of the kinds.
   *
   * @return the request, or everything that is wrong with it
   */
  static Parsed<ConnectionRequest> parse(Map<String, ?> fields, Limits limits) {
    return parse(fields, limits, EnumSet.allOf(ConnectionKind.class));
  }

  /** As {@link #parse(Map, Limits)}, of some kinds only. */
  static Parsed<ConnectionRequest> parse(
      Map<String, ?> fields, Limits limits, Set<ConnectionKind> kinds) {
    Object type = fields.get("type");
    return ConnectionKind.ofType(String.valueOf(type))
        .filter(kinds::contains)
        .map(kind -> kind.parse(fields, limits))
        .orElseGet(
            () ->
                new Parsed.Invalid<>(
                    List.of(
                        new Violation(
                            "/type", type == null ? "is required" : "must be " + types(kinds)))));
  }

  private static String types(Set<ConnectionKind> kinds) {
    return String.join(" or ", kinds.stream().sorted().map(ConnectionKind::type).toList());
  }

  ConnectionKind kind();

  Terms terms();

  /** The tenant that the target is in, where the request says so. */
  Optional<UUID> tenantId();

  /** The resource that is to be connected, and that is watched for the connection. */
  ResourceId target();

  /** A JSON Pointer to the field that names the target's subscription. */
  String subscriptionPointer();

  /** The request as its JSON fields, all defaults filled in: what {@link #parse} reads back. */
  Map<String, Object> toFields();

  /** Who gets the access. */
  default Grantee grantee() {
    return Grantee.VENDOR;
  }

  /** The role that it takes, made of the kind's template. */
  default RoleTemplate role(RoleTemplate template) {
    return template;
  }

  /**
   * Where the role is assigned.
   *
   * @param configured how wide the settings have it
   */
  default String scope(GrantScope configured) {
    return configured.around(target());
  }

  /** Whether the request can be served, and what stands on the target already. */
  Preflight preflight(NetworkState state);

  /** What the target's state says of the connection that is asked for. */
  Observation observe(NetworkState state, Criteria criteria);

  /**
   * What Astronomer's support must be told, as the vendor's page lists it, ready to paste.
   *
   * @param facts what the preflight has found out; empty before
   */
  String supportText(MatchCode matchCode, Map<Fact, String> facts);

  /**
   * The same text for requests that ask the same; Azure's names are the same in any case. What is
   * the same for one process must be so for all, so that no order is left to a map.
   */
  default String fingerprint() {
    String asked = AnyCase.fold(new TreeMap<>(toFields()).toString());
    // Unlike Azure's names, an address may be another one in another case.
    return terms().callbackUrl().map(url -> asked + " " + url).orElse(asked);
  }

  /** Whether one connection serves both: they ask for the same, for the same cluster. */
  default boolean wantsTheSameAs(ConnectionRequest other) {
    return connection(this).equals(connection(other));
  }

  private static String connection(ConnectionRequest request) {
    Map<String, Object> fields = new TreeMap<>(request.toFields());
    fields.remove("ticket");
    fields.remove("expiresIn");
    fields.remove("callbackUrl");
    return AnyCase.fold(fields.toString());
  }
}

package dev.drawbridge.access;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;

/** Requests and operations for tests, in the made-up ids of Microsoft's documentation. */
public final class Samples {
  public static final MatchCode CODE = new MatchCode("DB-2345-ABCD");
  public static final UUID TENANT = UUID.fromString("aaaabbbb-0000-cccc-1111-dddd2222eeee");
  public static final UUID SUBSCRIPTION = UUID.fromString("aaaa0a0a-bb1b-cc2c-dd3d-eeeeee4e4e4e");
  public static final UUID PRINCIPAL = UUID.fromString("bbbbcccc-1111-dddd-2222-eeee3333ffff");
  public static final UUID ROLE = UUID.fromString("b24988ac-6180-42a0-ab88-20f7382dd24c");
  public static final Instant NOW = Instant.parse("2026-03-01T10:00:00Z");
  public static final Limits LIMITS =
      new Limits(Duration.ofDays(3), Duration.ofDays(7), Limits.Callbacks.PUBLIC);

  private Samples() {}

  /** A whole request's fields, to be changed at will. */
  public static Map<String, Object> fields() {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("type", "vnet");
    fields.put("ticket", ticket("zendesk", "12345"));
    fields.put("clusterId", "clz4q8v1k000108l5d2x9f7ah");
    fields.put("tenantId", TENANT.toString());
    fields.put("subscriptionId", SUBSCRIPTION.toString());
    fields.put("resourceGroup", "rg-network");
    fields.put("vnetName", "vnet-data");
    return fields;
  }

  public static Map<String, Object> ticket(Object system, Object id) {
    Map<String, Object> ticket = new LinkedHashMap<>();
    ticket.put("system", system);
    ticket.put("id", id);
    return ticket;
  }

  public static Map<String, Object> with(String name, Object value) {
    Map<String, Object> fields = fields();
    fields.put(name, value);
    return fields;
  }

  public static ConnectionRequest request() {
    return valid(fields());
  }

  /** The request that these fields are. */
  public static ConnectionRequest valid(Map<String, ?> fields) {
    Parsed<ConnectionRequest> parsed = ConnectionRequest.parse(fields, LIMITS);
    if (parsed instanceof Parsed.Valid<ConnectionRequest> valid) {
      return valid.value();
    }
    throw new AssertionError("not valid: " + parsed);
  }

  /** An operation that was accepted just now. */
  public static Operation operation() {
    return Operation.accepted(
        OperationId.ofContent(request()), request(), CODE, Set.of(Addressee.TICKET), "api", NOW);
  }

  /** What makes a connection the sample operation's own. */
  public static Criteria criteria(Set<String> before, TrustedRemotes trusted) {
    return new Criteria(before, trusted, CODE, Optional.empty());
  }

  public static OperationId id(int number) {
    return new OperationId(new UUID(0, number));
  }

  /** What the vendor's role on the sample's subscription is. */
  public static Access access() {
    return new Access(
        "/subscriptions/" + SUBSCRIPTION, "Astro VNET Peering Contributor", ROLE, PRINCIPAL);
  }

  /** By pointer; a pointer told twice is a fault of its own. */
  static Map<String, String> violations(Map<String, ?> fields) {
    Parsed<ConnectionRequest> parsed = ConnectionRequest.parse(fields, LIMITS);
    List<Violation> told =
        parsed instanceof Parsed.Invalid<ConnectionRequest> invalid
            ? new ArrayList<>(invalid.violations())
            : List.of();
    Map<String, String> byPointer = new TreeMap<>();
    for (Violation violation : told) {
      assertTrue(byPointer.put(violation.pointer(), violation.detail()) == null, told.toString());
    }
    return byPointer;
  }

  /** A JSON null, which a decoded object has for a value. */
  static void putNull(Map<String, Object> fields, String name) {
    fields.putAll(Collections.singletonMap(name, null));
  }
}

package dev.drawbridge.access;

import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;

/**
 * The kinds of connection. A new kind is a constant here, a {@link ConnectionRequest} that says how
 * it is read and observed, a role under {@code roles/} and a reader of what Azure shows of it.
 */
public enum ConnectionKind {
  VNET_PEERING("vnet", Queues.PEERING, "astro-vnet-peering", VnetPeering::parse),
  VHUB_PEERING("vhub", Queues.PEERING, "astro-vhub-peering", VhubPeering::parse),
  PRIVATE_LINK("privateLink", Queues.PRIVATE_LINK, "private-link-approver", PrivateLink::parse);

  /** The queues' names, as constants for the functions' annotations. */
  public static final class Queues {
    public static final String PEERING = "peering-requests";
    public static final String PRIVATE_LINK = "private-link-requests";

    private static final String DEAD_LETTERS = "/$DeadLetterQueue";
    public static final String PEERING_DEAD_LETTERS = PEERING + DEAD_LETTERS;
    public static final String PRIVATE_LINK_DEAD_LETTERS = PRIVATE_LINK + DEAD_LETTERS;

    private Queues() {}
  }

  private final String type;
  private final String queue;
  private final String roleResource;

  @SuppressWarnings("ImmutableEnumChecker") // a reference to a static method
  private final BiFunction<Map<String, ?>, Limits, Parsed<ConnectionRequest>> parser;

  ConnectionKind(
      String type,
      String queue,
      String roleResource,
      BiFunction<Map<String, ?>, Limits, Parsed<ConnectionRequest>> parser) {
    this.type = type;
    this.queue = queue;
    this.roleResource = roleResource;
    this.parser = parser;
  }

  /** The kind that a request's {@code type} names. */
  public static Optional<ConnectionKind> ofType(String type) {
    return Arrays.stream(values()).filter(kind -> kind.type.equals(type)).findFirst();
  }

  /** The word for it in a request's {@code type}. */
  public String type() {
    return type;
  }

  /** The queue on which requests of this kind wait. */
  public String queue() {
    return queue;
  }

  /** The name of its role's file under {@code roles/}, without the ending. */
  public String roleResource() {
    return roleResource;
  }

  /** Reads a decoded JSON object as a request of this kind. */
  public Parsed<ConnectionRequest> parse(Map<String, ?> fields, Limits limits) {
    return parser.apply(fields, limits);
  }
}

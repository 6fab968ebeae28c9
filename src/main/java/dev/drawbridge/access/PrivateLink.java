package dev.drawbridge.access;

import dev.drawbridge.access.NetworkState.EndpointConnection;
import dev.drawbridge.access.NetworkState.Group;
import dev.drawbridge.access.NetworkState.PrivateLinkTarget;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A private endpoint of Astro's for a resource of the company.
 *
 * @param groupId what of the resource is connected to, such as a storage account's {@code blob}
 * @param approval who approves the endpoint
 */
public record PrivateLink(Terms terms, ResourceId target, String groupId, Approval approval)
    implements ConnectionRequest {

  private static final Pattern REGISTRY_DATA = Pattern.compile("registry_data_([a-z0-9]+)");

  /** Who approves the endpoint. */
  public enum Approval {
    /** Drawbridge, with a role that it gives itself on this one resource. */
    DRAWBRIDGE(Grantee.DRAWBRIDGE),
    /** The vendor, whose endpoint is approved as it is made. */
    VENDOR(Grantee.VENDOR),
    /** People, in the portal. */
    MANUAL(Grantee.NOBODY);

    private final Grantee grantee;

    Approval(Grantee grantee) {
      this.grantee = grantee;
    }

    static Approval of(String text) {
      return switch (text) {
        case "drawbridge" -> DRAWBRIDGE;
        case "vendor" -> VENDOR;
        case "manual" -> MANUAL;
        default -> throw new IllegalArgumentException("must be drawbridge, vendor or manual");
      };
    }

    String word() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  static Parsed<ConnectionRequest> parse(Map<String, ?> values, Limits limits) {
    Fields fields = new Fields(values);
    fields.required("type", text -> text);
    var terms = Terms.read(fields, limits);
    var resource = fields.required("resourceId", ResourceId::parse);
    fields.optional("resourceName", text -> nameOf(resource.valid(), text));
    var group = fields.required("groupId", Names::groupId);
    var approval = fields.optional("approval", Approval::of);
    return fields.parsed(
        () ->
            new PrivateLink(
                terms.get(),
                resource.get(),
                group.get(),
                approval.get().orElse(Approval.DRAWBRIDGE)));
  }

  /** The page's resource name says nothing that the id does not, but may contradict it. */
  private static String nameOf(Optional<ResourceId> resource, String text) {
    if (resource.isPresent() && !resource.get().name().equalsIgnoreCase(text)) {
      throw new IllegalArgumentException(
          "must be the name in resourceId, " + resource.get().name());
    }
    return text;
  }

  @Override
  public ConnectionKind kind() {
    return ConnectionKind.PRIVATE_LINK;
  }

  @Override
  public Optional<UUID> tenantId() {
    return Optional.empty();
  }

  @Override
  public String subscriptionPointer() {
    return "/resourceId";
  }

  @Override
  public Map<String, Object> toFields() {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("type", kind().type());
    terms.write(fields);
    fields.put("resourceId", target.toString());
    fields.put("groupId", groupId);
    fields.put("approval", approval.word());
    return fields;
  }

  @Override
  public Grantee grantee() {
    return approval.grantee;
  }

  @Override
  public RoleTemplate role(RoleTemplate template) {
    return template.forResourceType(target.type());
  }

  /** The one resource, however wide other roles are assigned. */
  @Override
  public String scope(GrantScope configured) {
    return GrantScope.TARGET.around(target);
  }

  @Override
  public Preflight preflight(NetworkState state) {
    PrivateLinkTarget found = target(state);
    Optional<Group> group =
        found.groups().stream()
            .filter(one -> AnyCase.fold(one.id()).equals(AnyCase.fold(groupId)))
            .findFirst();
    if (group.isEmpty()) {
      return new Preflight.Refused(
          "unknownGroupId",
          "%s has no group id %s. It has: %s."
              .formatted(
                  target,
                  groupId,
                  found.groups().isEmpty()
                      ? "none"
                      : String.join(", ", found.groups().stream().map(Group::id).toList())));
    }
    Set<String> before = new TreeSet<>();
    found.connections().forEach(connection -> before.add(key(connection)));
    Map<Fact, String> facts = new EnumMap<>(Fact.class);
    facts.put(Fact.GROUP_ID, group.get().id());
    facts.put(
        Fact.PRIVATE_LINK_NAMES,
        String.join(", ", group.get().zones().stream().map(this::nameIn).toList()));
    List<String> dataEndpoints = dataEndpoints(group.get());
    if (!dataEndpoints.isEmpty()) {
      facts.put(Fact.DATA_ENDPOINTS, String.join(", ", dataEndpoints));
    }
    return new Preflight.Passed(before, facts);
  }

  /**
   * A registry's members name the regions in which it keeps data, each at an endpoint of its own.
   */
  private List<String> dataEndpoints(Group group) {
    List<String> endpoints = new ArrayList<>();
    for (String member : group.members()) {
      Matcher region = REGISTRY_DATA.matcher(member);
      for (String zone : region.matches() ? group.zones() : List.<String>of()) {
        endpoints.add(
            "%s.%s.data.%s"
                .formatted(
                    target.name().toLowerCase(Locale.ROOT),
                    region.group(1),
                    zone.replaceFirst("^privatelink\\.", "")));
      }
    }
    return endpoints;
  }

  private String nameIn(String zone) {
    return target.name().toLowerCase(Locale.ROOT) + "." + zone;
  }

  @Override
  public Observation observe(NetworkState state, Criteria criteria) {
    List<EndpointConnection> here =
        target(state).connections().stream()
            .filter(connection -> isNew(connection, criteria))
            .filter(this::mayBeOfTheGroup)
            .toList();
    List<EndpointConnection> own = here.stream().filter(one -> isOwn(one, criteria)).toList();
    List<EndpointConnection> approved = ofStatus("Approved", own);
    if (!approved.isEmpty()) {
      return new Observation.Connected(key(approved.get(0)), describe(approved.get(0)));
    }
    List<EndpointConnection> pending = ofStatus("Pending", own);
    Optional<EndpointConnection> certain =
        pending.stream().filter(one -> pending.size() == 1 || isChosen(one, criteria)).findFirst();
    if (certain.isPresent()) {
      return new Observation.Approvable(certain.get().id(), describe(certain.get()));
    }
    List<EndpointConnection> undecided = undecided(pending, here);
    if (!undecided.isEmpty()) {
      return new Observation.Undecided(undecided);
    }
    return own.isEmpty() ? new Observation.Absent() : new Observation.Broken(describe(own.get(0)));
  }

  /**
   * Those whose owner only a person can tell: several with the same sign, one of which has seen a
   * code that is not its own; or any without a sign. One that others approve loses its message, and
   * with it the code.
   */
  private List<EndpointConnection> undecided(
      List<EndpointConnection> ambiguous, List<EndpointConnection> all) {
    if (!ambiguous.isEmpty()) {
      return ambiguous;
    }
    List<EndpointConnection> unknown = new ArrayList<>(ofStatus("Pending", all));
    if (approval != Approval.DRAWBRIDGE) {
      unknown.addAll(ofStatus("Approved", all));
    }
    return unknown;
  }

  private static boolean isNew(EndpointConnection connection, Criteria criteria) {
    return isChosen(connection, criteria) || !criteria.before().contains(key(connection));
  }

  private static boolean isOwn(EndpointConnection connection, Criteria criteria) {
    if (isChosen(connection, criteria)) {
      return true;
    }
    if (MatchCode.isAnyIn(connection.message())) {
      return criteria.matchCode().isIn(connection.message());
    }
    return connection.endpoint().map(criteria.trusted()::names).orElse(false);
  }

  private static boolean isChosen(EndpointConnection connection, Criteria criteria) {
    return criteria.chosen().map(id -> key(connection).equals(AnyCase.fold(id))).orElse(false);
  }

  /** Not every provider shows what an endpoint connects to. */
  private boolean mayBeOfTheGroup(EndpointConnection connection) {
    return connection.groupIds().isEmpty()
        || connection.groupIds().stream()
            .anyMatch(id -> AnyCase.fold(id).equals(AnyCase.fold(groupId)));
  }

  private static List<EndpointConnection> ofStatus(
      String status, List<EndpointConnection> connections) {
    return connections.stream().filter(one -> one.status().equals(status)).toList();
  }

  private static String describe(EndpointConnection connection) {
    String name = connection.id().substring(connection.id().lastIndexOf('/') + 1);
    return "private endpoint connection %s is %s".formatted(name, connection.status());
  }

  @Override
  public String supportText(MatchCode matchCode, Map<Fact, String> facts) {
    StringBuilder text = new StringBuilder();
    text.append(
        """
        Please create a private endpoint from our Astro cluster to our resource.

        Astro Cluster ID: %s
        Resource name: %s
        Resource ID: %s
        Group ID: %s
        """
            .formatted(
                terms.clusterId(),
                target.name(),
                target,
                facts.getOrDefault(Fact.GROUP_ID, groupId)));
    String dataEndpoints = facts.get(Fact.DATA_ENDPOINTS);
    if (dataEndpoints != null) {
      text.append("Data endpoint: ").append(dataEndpoints).append('\n');
    }
    text.append(
        """
        Request message of the private endpoint: %s

        Please put the request message into the endpoint exactly as it stands here: it is how we \
        know your endpoint from others.
        """
            .formatted(matchCode));
    return text.toString();
  }

  private static PrivateLinkTarget target(NetworkState state) {
    if (state instanceof PrivateLinkTarget target) {
      return target;
    }
    throw new IllegalArgumentException("A private endpoint is observed on its resource");
  }

  private static String key(EndpointConnection connection) {
    return AnyCase.fold(connection.id());
  }
}

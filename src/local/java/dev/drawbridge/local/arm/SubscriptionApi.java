package dev.drawbridge.local.arm;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.drawbridge.local.http.Response;
import java.util.List;

/** Subscriptions and resource groups: what can be read of them. */
final class SubscriptionApi implements ArmApi {
  static final String SUBSCRIPTIONS = "Microsoft.Resources/subscriptions";
  static final String RESOURCE_GROUPS = SUBSCRIPTIONS + "/resourceGroups";

  private final String type;
  private final List<String> apiVersions;

  private SubscriptionApi(String type, List<String> apiVersions) {
    this.type = type;
    this.apiVersions = apiVersions;
  }

  static SubscriptionApi subscriptions() {
    return new SubscriptionApi(SUBSCRIPTIONS, List.of("2022-12-01"));
  }

  static SubscriptionApi resourceGroups() {
    return new SubscriptionApi(RESOURCE_GROUPS, List.of("2025-04-01", "2024-07-01"));
  }

  @Override
  public String type() {
    return type;
  }

  @Override
  public List<String> apiVersions() {
    return apiVersions;
  }

  @Override
  public Response handle(ArmCall call) {
    if (!call.method().equals("GET")) {
      throw call.methodNotAllowed();
    }
    return call.target().isCollection() ? list(call) : get(call);
  }

  private Response get(ArmCall call) {
    call.require(type + "/read");
    ResourceApi.requireGroup(call);
    return Response.json(200, call.world().resources().find(call.target()).orElseThrow());
  }

  /** Shows what the caller may read; nothing, rather than an error, if that is nothing. */
  private Response list(ArmCall call) {
    List<ObjectNode> readable =
        call.world().resources().below(call.target().parent(), type).stream()
            .filter(
                item ->
                    call.world()
                        .permits(
                            call.caller().objectId(),
                            type + "/read",
                            ResourceId.parse(item.path("id").asText())))
            .toList();
    return Page.of(readable, call);
  }
}

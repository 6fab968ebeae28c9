package dev.drawbridge.local.arm;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.drawbridge.local.arm.PrivateLinkProvider.Group;
import dev.drawbridge.local.http.Response;
import java.util.List;

/** The groups of one provider's resources, which Azure calls private link resources. */
final class PrivateLinkGroupApi implements ArmApi {
  private final PrivateLinkProvider provider;

  PrivateLinkGroupApi(PrivateLinkProvider provider) {
    this.provider = provider;
  }

  @Override
  public String type() {
    return provider.groupType();
  }

  @Override
  public List<String> apiVersions() {
    return provider.apiVersions();
  }

  @Override
  public boolean isListed() {
    return provider.childTypesListed();
  }

  @Override
  public Response handle(ArmCall call) {
    ResourceId target = call.target();
    boolean served = target.isCollection() || provider.groupsReadOneByOne();
    if (!call.method().equals("GET") || !served) {
      throw call.methodNotAllowed();
    }
    call.require(type() + "/read");
    ResourceApi.requireGroup(call);
    ResourceId holder = target.parent();
    ObjectNode resource =
        call.world().resources().find(holder).orElseThrow(() -> ResourceApi.notFound(holder));
    List<Group> groups = provider.service().groups(holder, resource);
    if (target.isCollection()) {
      return Page.of(groups.stream().map(group -> json(holder, group)).toList(), call);
    }
    return groups.stream()
        .filter(group -> group.id().equalsIgnoreCase(target.name()))
        .findFirst()
        .map(group -> Response.json(200, json(holder, group)))
        .orElseThrow(() -> ResourceApi.notFound(target));
  }

  private ObjectNode json(ResourceId resource, Group group) {
    ObjectNode json = Json.object();
    json.put("id", resource.child("privateLinkResources/" + group.id()).toString())
        .put("name", group.id())
        .put("type", type());
    ObjectNode properties = json.putObject("properties").put("groupId", group.id());
    properties.set("requiredMembers", Json.strings(group.members()));
    properties.set("requiredZoneNames", Json.strings(group.zones()));
    return json;
  }
}

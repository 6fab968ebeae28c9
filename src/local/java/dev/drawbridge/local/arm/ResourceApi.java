package dev.drawbridge.local.arm;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.drawbridge.local.http.Response;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Get, list, put and delete, as ARM does them for every type of resource in a resource group. */
final class ResourceApi implements ArmApi {
  private final ResourceType type;

  ResourceApi(ResourceType type) {
    this.type = type;
  }

  @Override
  public String type() {
    return type.name();
  }

  @Override
  public List<String> apiVersions() {
    return type.apiVersions();
  }

  @Override
  public boolean isListed() {
    return type.isListed();
  }

  @Override
  public Response handle(ArmCall call) {
    boolean collection = call.target().isCollection();
    return switch (call.method()) {
      case "GET" -> collection ? list(call) : get(call);
      case "PUT" -> {
        refuseCollection(call);
        yield put(call);
      }
      case "DELETE" -> {
        refuseCollection(call);
        yield delete(call);
      }
      default -> throw call.methodNotAllowed();
    };
  }

  private static void refuseCollection(ArmCall call) {
    if (call.target().isCollection()) {
      throw call.methodNotAllowed();
    }
  }

  private Response get(ArmCall call) {
    call.require(type.name() + "/read");
    requireGroup(call);
    Resources all = call.world().resources();
    ObjectNode stored = all.find(call.target()).orElseThrow(() -> notFound(call.target()));
    return Response.json(200, type.read(call.target(), stored, all));
  }

  private Response list(ArmCall call) {
    call.require(type.name() + "/read");
    requireGroup(call);
    Resources all = call.world().resources();
    ResourceId within = call.target().parent();
    if (ResourceTypes.find(within.type()).isPresent() && !all.exists(within)) {
      throw notFound(within);
    }
    return Page.of(
        all.below(within, type.name()).stream()
            .map(stored -> type.read(idOf(stored), stored, all))
            .toList(),
        call);
  }

  private Response put(ArmCall call) {
    String action = type.name() + "/write";
    call.require(action);
    requireGroup(call);
    Resources all = call.world().resources();
    ResourceId id = call.target();
    ResourceId parent = id.parent();
    if (ResourceTypes.find(parent.type()).isPresent() && !all.exists(parent)) {
      throw new ArmException(
          404,
          "ParentResourceNotFound",
          "Can not perform requested operation on nested resource. Parent resource '%s' not found."
              .formatted(parent.name()));
    }
    ObjectNode body = call.body();
    call.requireLinked(action, type.linkedActions(id, body, all));
    boolean existed = all.exists(id);
    ObjectNode stored = store(type, id, body, all);
    return Response.json(existed ? 200 : 201, type.read(id, stored, all));
  }

  private Response delete(ArmCall call) {
    call.require(type.name() + "/delete");
    requireGroup(call);
    Resources all = call.world().resources();
    Optional<ObjectNode> last = all.find(call.target());
    if (last.isEmpty()) {
      return Response.empty(204);
    }
    all.requireDeletable(call.target());
    remove(call.target(), all);
    return type.deletionAnswer(last.get());
  }

  /** Deletes a resource with all below it; whether there was any. */
  static boolean remove(ResourceId id, Resources all) {
    Map<ResourceId, ObjectNode> removed = all.remove(id);
    removed.forEach(
        (gone, last) ->
            ResourceTypes.find(gone.type()).ifPresent(type -> type.deleted(gone, last, all)));
    return !removed.isEmpty();
  }

  /** Creates or updates a resource; its id, name and type are what the path says. */
  static ObjectNode store(ResourceType type, ResourceId id, ObjectNode body, Resources all) {
    Optional<ObjectNode> before = all.find(id);
    ResourceId kept = before.map(ResourceApi::idOf).orElse(id);
    ObjectNode stored =
        type.write(kept, before, body, all)
            .put("id", kept.toString())
            .put("name", kept.name())
            .put("type", type.name());
    all.put(kept, stored);
    return stored;
  }

  private static ResourceId idOf(ObjectNode stored) {
    return ResourceId.parse(stored.path("id").asText());
  }

  /** The permission was there, so saying that the resource group is not gives nothing away. */
  static void requireGroup(ArmCall call) {
    call.target()
        .resourceGroup()
        .filter(group -> !call.world().resources().exists(group))
        .ifPresent(
            group -> {
              throw new ArmException(
                  404,
                  "ResourceGroupNotFound",
                  "Resource group '%s' could not be found.".formatted(group.name()));
            });
  }

  static ArmException notFound(ResourceId id) {
    boolean nested = ResourceTypes.find(id.parent().type()).isPresent();
    return nested
        ? new ArmException(404, "NotFound", "Resource %s not found.".formatted(id))
        : new ArmException(
            404,
            "ResourceNotFound",
            "The Resource '%s/%s' under resource group '%s' was not found. For more details please go to https://aka.ms/ARMResourceNotFoundFix"
                .formatted(
                    id.type(), id.name(), id.resourceGroup().map(ResourceId::name).orElse("")));
  }
}

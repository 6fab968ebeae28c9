package dev.drawbridge.access;

import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;

/** A request whose target is a network resource, named by its place rather than by an id. */
public sealed interface NetworkPeering extends ConnectionRequest permits VnetPeering, VhubPeering {

  /** Where the target is. */
  record Place(UUID tenant, UUID subscription, String resourceGroup) {
    /** The fields of a place; their value may be asked for inside {@link Fields#parsed} only. */
    static Supplier<Place> read(Fields fields) {
      var tenant = fields.required("tenantId", Guids::parse);
      var subscription = fields.required("subscriptionId", Guids::parse);
      var group = fields.required("resourceGroup", Names::resourceGroup);
      return () -> new Place(tenant.get(), subscription.get(), group.get());
    }
  }

  UUID tenant();

  @Override
  default Optional<UUID> tenantId() {
    return Optional.of(tenant());
  }

  @Override
  default String subscriptionPointer() {
    return "/subscriptionId";
  }

  /** Writes what all peerings say. */
  default void writeCommon(Map<String, Object> fields) {
    fields.put("type", kind().type());
    terms().write(fields);
    fields.put("tenantId", tenant().toString());
    fields.put("subscriptionId", target().subscription().toString());
    fields.put("resourceGroup", target().resourceGroup());
  }
}

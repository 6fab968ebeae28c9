package dev.drawbridge.azure;

import com.azure.core.util.Context;
import com.azure.resourcemanager.authorization.fluent.ServicePrincipalsServicePrincipalsClient;
import com.azure.resourcemanager.authorization.fluent.models.MicrosoftGraphServicePrincipalInner;
import dev.drawbridge.access.Guids;
import dev.drawbridge.access.port.Directory;
import dev.drawbridge.access.port.PassingFault;
import dev.drawbridge.access.port.PermanentFault;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

/** Service principals in Microsoft Graph. An object id never changes and is asked for once. */
public final class GraphDirectory implements Directory {
  private static final Set<String> ALREADY_THERE =
      Set.of("Request_MultipleObjectsWithSameKeyValue", "ServicePrincipalAlreadyExists", "http409");

  private final ServicePrincipalsServicePrincipalsClient client;
  private final Map<UUID, UUID> known = new ConcurrentHashMap<>();

  public GraphDirectory(Arm arm) {
    this.client = arm.authorization().serviceClient().getServicePrincipalsServicePrincipals();
  }

  @Override
  public UUID servicePrincipalOf(UUID applicationId) {
    UUID found = known.get(applicationId);
    if (found == null) {
      found = find(applicationId).orElseGet(() -> create(applicationId));
      known.put(applicationId, found);
    }
    return found;
  }

  private Optional<UUID> find(UUID applicationId) {
    String filter = "appId eq '%s'".formatted(applicationId);
    return AzureFaults.call(
        "find the service principal of application " + applicationId,
        () ->
            client
                .listServicePrincipal(
                    null, null, null, null, filter, null, null, null, null, Context.NONE)
                .stream()
                .map(principal -> Guids.parse(principal.id()))
                .findFirst());
  }

  /** What {@code az ad sp create --id} does. */
  private UUID create(UUID applicationId) {
    try {
      return AzureFaults.call(
          "create the service principal of application " + applicationId,
          () ->
              Guids.parse(
                  client
                      .createServicePrincipal(
                          new MicrosoftGraphServicePrincipalInner()
                              .withAdditionalProperties(Map.of("appId", applicationId.toString())))
                      .id()));
    } catch (PermanentFault e) {
      if (ALREADY_THERE.contains(e.code())) { // made by another grant just now
        return find(applicationId)
            .orElseThrow(
                () ->
                    new PassingFault(
                        "principalNotVisible", "the service principal was just created"));
      }
      throw new PermanentFault(
          "principalMissing",
          "The tenant has no service principal of application %s and Drawbridge may not create one (%s). Run: az ad sp create --id %s"
              .formatted(applicationId, e.code(), applicationId),
          e);
    }
  }
}

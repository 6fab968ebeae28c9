package dev.drawbridge;

import com.azure.core.credential.TokenCredential;
import dev.drawbridge.Settings.Assignments;
import dev.drawbridge.Settings.RoleDefinitions;
import dev.drawbridge.access.port.AccessControl;
import dev.drawbridge.access.port.Directory;
import dev.drawbridge.access.port.Networks;
import dev.drawbridge.azure.Arm;
import dev.drawbridge.azure.ArmAccessControl;
import dev.drawbridge.azure.ArmNetworks;
import dev.drawbridge.azure.GraphDirectory;
import dev.drawbridge.azure.PinnedRoles;
import dev.drawbridge.azure.TimeBoundAccessControl;
import java.time.Clock;
import java.util.UUID;

/**
 * What talks to Azure Resource Manager and Graph. A class of its own, so that none of the SDK's
 * classes for that is loaded before one of these is needed.
 */
final class Azure {
  final Networks networks;
  final Directory directory;
  final AccessControl accessControl;

  Azure(Settings settings, TokenCredential identity, Clock clock) {
    Arm arm =
        new Arm(
            identity, settings.tenantId(), settings.armEndpoint(), settings.graphEndpoint(), clock);
    networks = new ArmNetworks(arm);
    directory =
        settings
            .vendorPrincipalId()
            .<Directory>map(principal -> application -> principal)
            .orElseGet(() -> new GraphDirectory(arm));
    AccessControl plain =
        new ArmAccessControl(
            arm,
            settings.allowedSubscriptions().stream()
                .map(UUID::toString)
                .sorted()
                .map("/subscriptions/"::concat)
                .toList());
    AccessControl roles =
        settings.assignments() == Assignments.TIME_BOUND
            ? new TimeBoundAccessControl(arm, plain, clock)
            : plain;
    accessControl =
        settings.roleDefinitions() == RoleDefinitions.PINNED ? new PinnedRoles(roles) : roles;
  }
}

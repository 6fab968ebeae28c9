package dev.drawbridge.local.arm;

import dev.drawbridge.local.arm.PrivateLinkProvider.Deletion;
import dev.drawbridge.local.arm.PrivateLinkProvider.Format;
import dev.drawbridge.local.arm.PrivateLinkProvider.GroupMember;
import java.util.List;
import java.util.Optional;

/** The providers of Private Link that this Azure has. */
final class PrivateLinkProviders {
  private static final List<PrivateLinkProvider> ALL =
      List.of(storage(), keyVault(), sql(), cosmos(), registry());

  private PrivateLinkProviders() {}

  static List<PrivateLinkProvider> all() {
    return ALL;
  }

  /** The provider of a resource's type, if that has Private Link. */
  static Optional<PrivateLinkProvider> of(ResourceId resource) {
    return ALL.stream().filter(provider -> resource.isType(provider.type())).findFirst();
  }

  private static PrivateLinkProvider storage() {
    return new PrivateLinkProvider(
        "Microsoft.Storage/storageAccounts",
        List.of("2025-06-01", "2024-01-01", "2023-05-01", "2021-09-01", "2018-03-01-preview"),
        false,
        false,
        new Format(
            "Succeeded", "actionRequired", GroupMember.NONE, false, false, true, Deletion.OK),
        Decisions.FREE,
        PrivateLinkServices.STORAGE);
  }

  private static PrivateLinkProvider keyVault() {
    return new PrivateLinkProvider(
        "Microsoft.KeyVault/vaults",
        List.of("2025-05-01", "2024-12-01-preview", "2024-11-01", "2023-07-01", "2019-09-01"),
        false,
        false,
        new Format(
            "Succeeded",
            "actionsRequired",
            GroupMember.NONE,
            true,
            true,
            false,
            Deletion.OK_WITH_LAST_STATE),
        Decisions.FREE,
        PrivateLinkServices.KEY_VAULT);
  }

  private static PrivateLinkProvider sql() {
    return new PrivateLinkProvider(
        "Microsoft.Sql/servers",
        List.of("2024-11-01-preview", "2023-08-01-preview", "2021-11-01", "2020-11-01-preview"),
        false,
        true,
        new Format(
            "Ready", "actionsRequired", GroupMember.GROUP_IDS, true, false, false, Deletion.OK),
        Decisions.ONCE,
        PrivateLinkServices.SQL);
  }

  private static PrivateLinkProvider cosmos() {
    return new PrivateLinkProvider(
        "Microsoft.DocumentDB/databaseAccounts",
        List.of("2025-11-01-preview", "2025-10-15", "2024-11-15", "2024-08-15", "2021-10-15"),
        false,
        true,
        // Cosmos DB never answers a deletion with 200. It has 202 for one that goes on in the
        // background; here none does.
        new Format(
            "Succeeded",
            "actionsRequired",
            GroupMember.GROUP_ID,
            true,
            false,
            true,
            Deletion.NO_CONTENT),
        Decisions.REJECTED_FOR_GOOD,
        PrivateLinkServices.COSMOS);
  }

  private static PrivateLinkProvider registry() {
    return new PrivateLinkProvider(
        "Microsoft.ContainerRegistry/registries",
        List.of("2025-11-01", "2025-05-01-preview", "2025-04-01", "2023-07-01", "2019-05-01"),
        true,
        true,
        new Format(
            "Succeeded", "actionsRequired", GroupMember.NONE, true, false, true, Deletion.OK),
        Decisions.FREE,
        PrivateLinkServices.REGISTRY);
  }
}

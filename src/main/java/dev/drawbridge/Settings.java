package dev.drawbridge;

import dev.drawbridge.access.GrantScope;
import dev.drawbridge.access.Guids;
import dev.drawbridge.access.Limits;
import dev.drawbridge.access.Names;
import dev.drawbridge.access.TrustedRemotes;
import dev.drawbridge.tickets.Webhooks;
import dev.drawbridge.tickets.outbound.CallbackSettings;
import dev.drawbridge.tickets.outbound.Tickets;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The app's settings, read once. What is wrong with them is told all at once, a line a setting.
 *
 * @param serviceBus how Service Bus is reached
 * @param ledger how the ledger's storage account is reached
 * @param vendorPrincipalId the object id of the vendor's service principal, where it need not be
 *     looked up
 * @param roleDefinitions who makes the roles that are granted
 * @param assignments how they are given, and who ends them at the latest
 * @param identityClientId the user-assigned managed identity's, where there is one
 * @param ownPrincipalId the object id of the app's own identity, which approves private endpoints
 * @param publicUrl the address that callers see, where it is not the one that a request came to
 * @param webhooks the ticketing systems that may call, with their secrets
 * @param tickets the ticketing systems that are told, with their secrets
 * @param callbacks whether requests may name an address to be told at
 */
public record Settings(
    Connection serviceBus,
    Connection ledger,
    UUID tenantId,
    Set<UUID> allowedSubscriptions,
    UUID vendorApplicationId,
    Optional<UUID> vendorPrincipalId,
    RoleDefinitions roleDefinitions,
    Assignments assignments,
    GrantScope grantScope,
    Limits limits,
    TrustedRemotes trustedRemotes,
    URI armEndpoint,
    URI graphEndpoint,
    Optional<String> identityClientId,
    Optional<UUID> ownPrincipalId,
    Optional<URI> publicUrl,
    Webhooks webhooks,
    Tickets tickets,
    CallbackSettings callbacks) {

  /**
   * The settings' names: of the app, and those that only the Functions host reads. Besides, there
   * is one for each source of webhooks, which begins with {@link Webhooks#SECRET_SETTING}, and one
   * for each system whose tickets are told, with {@link Tickets#SECRET_SETTING}.
   */
  public static final Set<String> NAMES =
      Set.of(
          "ServiceBusConnection",
          "ServiceBusConnection__fullyQualifiedNamespace",
          "LedgerConnection",
          "LedgerConnection__tableServiceUri",
          "TENANT_ID",
          "ALLOWED_SUBSCRIPTIONS",
          "VENDOR_APPLICATION_ID",
          "VENDOR_PRINCIPAL_ID",
          "ROLE_DEFINITIONS",
          "ASSIGNMENTS",
          "GRANT_SCOPE",
          "DEFAULT_EXPIRY",
          "LONGEST_EXPIRY",
          "TRUSTED_REMOTES",
          "ARM_ENDPOINT",
          "GRAPH_ENDPOINT",
          "AZURE_CLIENT_ID",
          "OWN_PRINCIPAL_ID",
          "PUBLIC_URL",
          Webhooks.SETTING,
          Tickets.SETTING,
          CallbackSettings.SECRET_SETTING,
          CallbackSettings.LOOPBACK_SETTING,
          "SWEEP_SCHEDULE",
          "ORPHAN_SCHEDULE");

  /** Astronomer's application, as its documentation names it. */
  private static final String ASTRONOMER = "a67e6057-7138-4f78-bbaf-fd9db7b8aab0";

  /** Who makes the definitions of the roles that are granted. */
  public enum RoleDefinitions {
    /** The app, each when it is needed, and deletes it after. */
    MANAGED,
    /** The app's deployment, once. The app may write none. */
    PINNED
  }

  /** How roles are assigned. */
  public enum Assignments {
    /** By plain role assignments, which stand until the app deletes them. */
    DIRECT,
    /** By schedules of Privileged Identity Management, which Azure ends if the app is gone. */
    TIME_BOUND
  }

  /**
   * Azure keeps the requests of schedules, by which they are known for ours, for 30 days at least.
   */
  private static final Duration LONGEST_TIME_BOUND = Duration.ofDays(30);

  /** A service's address: a connection string, or an endpoint reached with the app's identity. */
  public sealed interface Connection {
    record ByString(String connectionString) implements Connection {
      /** Without the secret. */
      @Override
      public String toString() {
        return "ByString[…]";
      }
    }

    record ByIdentity(String endpoint) implements Connection {}
  }

  /**
   * @param values by name, as the environment has them; an empty value counts as none
   * @throws IllegalArgumentException naming every setting that is missing or wrong
   */
  public static Settings of(Map<String, String> values) {
    Reader settings = new Reader(values);
    Connection serviceBus = settings.connection("ServiceBusConnection", "fullyQualifiedNamespace");
    Connection ledger = settings.connection("LedgerConnection", "tableServiceUri");
    UUID tenant = settings.required("TENANT_ID", Guids::parse, new UUID(0, 0));
    Set<UUID> subscriptions =
        settings.required("ALLOWED_SUBSCRIPTIONS", Settings::subscriptions, Set.of());
    UUID vendor = settings.optional("VENDOR_APPLICATION_ID", Guids::parse, Guids.parse(ASTRONOMER));
    Optional<UUID> vendorPrincipal = settings.id("VENDOR_PRINCIPAL_ID");
    RoleDefinitions roles =
        settings.optional("ROLE_DEFINITIONS", Settings::roleDefinitions, RoleDefinitions.MANAGED);
    Assignments assignments =
        settings.optional("ASSIGNMENTS", Settings::assignments, Assignments.DIRECT);
    GrantScope scope =
        settings.optional("GRANT_SCOPE", Settings::grantScope, GrantScope.SUBSCRIPTION);
    Duration longest = settings.optional("LONGEST_EXPIRY", Settings::expiry, Duration.ofDays(7));
    Duration usual = Duration.ofDays(3).compareTo(longest) < 0 ? Duration.ofDays(3) : longest;
    Duration standard = settings.optional("DEFAULT_EXPIRY", Settings::expiry, usual);
    if (standard.compareTo(longest) > 0) {
      settings.refuse("DEFAULT_EXPIRY", "must not be longer than LONGEST_EXPIRY, " + longest);
      standard = longest;
    }
    if (assignments == Assignments.TIME_BOUND && longest.compareTo(LONGEST_TIME_BOUND) > 0) {
      settings.refuse(
          "LONGEST_EXPIRY",
          "must not be longer than P%dD with ASSIGNMENTS=timeBound"
              .formatted(LONGEST_TIME_BOUND.toDays()));
    }
    TrustedRemotes trusted =
        settings.optional(
            "TRUSTED_REMOTES", text -> TrustedRemotes.of(list(text)), TrustedRemotes.ANY);
    URI arm =
        settings.optional(
            "ARM_ENDPOINT", Settings::endpoint, URI.create("https://management.azure.com/"));
    URI graph =
        settings.optional(
            "GRAPH_ENDPOINT", Settings::endpoint, URI.create("https://graph.microsoft.com/"));
    Optional<String> clientId = settings.value("AZURE_CLIENT_ID");
    Optional<UUID> ownPrincipal = settings.id("OWN_PRINCIPAL_ID");
    Optional<URI> publicUrl =
        settings.optional("PUBLIC_URL", text -> Optional.of(endpoint(text)), Optional.empty());
    Webhooks webhooks = Webhooks.of(values, settings::refuse);
    Tickets tickets = Tickets.of(values, settings::refuse);
    CallbackSettings callbacks = CallbackSettings.of(values, settings::refuse);
    settings.throwIfAnyIsWrong();
    return new Settings(
        serviceBus,
        ledger,
        tenant,
        subscriptions,
        vendor,
        vendorPrincipal,
        roles,
        assignments,
        scope,
        new Limits(standard, longest, callbacks.allowed()),
        trusted,
        arm,
        graph,
        clientId,
        ownPrincipal,
        publicUrl,
        webhooks,
        tickets,
        callbacks);
  }

  private static Set<UUID> subscriptions(String text) {
    return list(text).stream().map(Guids::parse).collect(Collectors.toUnmodifiableSet());
  }

  private static RoleDefinitions roleDefinitions(String text) {
    return switch (text.toLowerCase(Locale.ROOT)) {
      case "managed" -> RoleDefinitions.MANAGED;
      case "pinned" -> RoleDefinitions.PINNED;
      default -> throw new IllegalArgumentException("must be managed or pinned");
    };
  }

  private static Assignments assignments(String text) {
    return switch (text.toLowerCase(Locale.ROOT)) {
      case "direct" -> Assignments.DIRECT;
      case "timebound" -> Assignments.TIME_BOUND;
      default -> throw new IllegalArgumentException("must be direct or timeBound");
    };
  }

  private static GrantScope grantScope(String text) {
    return switch (text.toLowerCase(Locale.ROOT)) {
      case "subscription" -> GrantScope.SUBSCRIPTION;
      case "resourcegroup" -> GrantScope.RESOURCE_GROUP;
      case "target" -> GrantScope.TARGET;
      default ->
          throw new IllegalArgumentException("must be subscription, resourceGroup or target");
    };
  }

  private static Duration expiry(String text) {
    return Names.duration(text, Limits.SHORTEST_EXPIRY, Limits.NONE.longestExpiry());
  }

  private static URI endpoint(String text) {
    try {
      URI uri = new URI(text);
      boolean isWeb =
          "https".equalsIgnoreCase(uri.getScheme()) || "http".equalsIgnoreCase(uri.getScheme());
      if (isWeb && uri.getHost() != null) {
        return uri;
      }
    } catch (URISyntaxException e) {
      // Told without its message: that repeats the text, which may be a secret in the wrong place.
    }
    throw new IllegalArgumentException("must be an http or https address");
  }

  private static List<String> list(String text) {
    List<String> names =
        Arrays.stream(text.split(",")).map(String::strip).filter(s -> !s.isEmpty()).toList();
    if (names.isEmpty()) {
      // To take commas alone for "none named" would open what the setting is there to close.
      throw new IllegalArgumentException("must name at least one");
    }
    return names;
  }

  /** Reads settings and gathers what is wrong with them. */
  private static final class Reader {
    private final Map<String, String> values;
    private final List<String> wrong = new ArrayList<>();

    Reader(Map<String, String> values) {
      this.values = values;
    }

    Optional<String> value(String name) {
      return Optional.ofNullable(values.get(name)).map(String::strip).filter(v -> !v.isEmpty());
    }

    <T> T required(String name, Function<String, T> read, T instead) {
      if (value(name).isEmpty()) {
        refuse(name, "is missing");
        return instead;
      }
      return optional(name, read, instead);
    }

    <T> T optional(String name, Function<String, T> read, T otherwise) {
      try {
        return value(name).map(read).orElse(otherwise);
      } catch (IllegalArgumentException e) {
        refuse(name, String.valueOf(e.getMessage()));
        return otherwise;
      }
    }

    Optional<UUID> id(String name) {
      return optional(name, text -> Optional.of(Guids.parse(text)), Optional.empty());
    }

    Connection connection(String name, String endpoint) {
      @Nullable String text = value(name).orElse(null);
      Optional<String> address = value(name + "__" + endpoint);
      if (text == null && address.isEmpty()) {
        refuse(name + "__" + endpoint, "is missing, and so is " + name);
      }
      return text != null
          ? new Connection.ByString(text)
          : new Connection.ByIdentity(address.orElse(""));
    }

    void refuse(String name, String why) {
      wrong.add("%s %s".formatted(name, why));
    }

    void throwIfAnyIsWrong() {
      if (!wrong.isEmpty()) {
        throw new IllegalArgumentException("Settings to correct:\n  " + String.join("\n  ", wrong));
      }
    }
  }
}

package dev.drawbridge.local.arm;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.drawbridge.local.http.Fault;
import dev.drawbridge.local.http.Request;
import dev.drawbridge.local.http.Response;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Azure Resource Manager: who calls, with which api-version, and which type it is about. */
final class ArmService {
  private final World world;
  private final Authentication authentication;
  private final List<ArmApi> apis;

  ArmService(World world, Authentication authentication) {
    this.world = world;
    this.authentication = authentication;
    List<ArmApi> all = new ArrayList<>();
    all.add(new RoleDefinitionApi());
    all.add(new RoleAssignmentApi());
    all.addAll(RoleAssignmentScheduleApi.all());
    all.add(SubscriptionApi.subscriptions());
    all.add(SubscriptionApi.resourceGroups());
    all.add(new ProviderApi(() -> List.copyOf(all)));
    ResourceTypes.all().forEach(type -> all.add(new ResourceApi(type)));
    PrivateLinkProviders.all().forEach(provider -> all.add(new PrivateLinkGroupApi(provider)));
    this.apis = List.copyOf(all);
  }

  Response handle(Request request) {
    try {
      Principal caller = authentication.require(request);
      ResourceId target = target(request);
      ArmApi api = api(target);
      requireApiVersion(request, api, target);
      synchronized (world) {
        requireSubscription(target);
        return api.handle(new ArmCall(request, target, caller, world));
      }
    } catch (ArmException e) {
      Response error = error(e.status(), e.code(), e.text());
      return e.status() == 401 ? error.with("WWW-Authenticate", challenge(e)) : error;
    }
  }

  private ResourceId target(Request request) {
    try {
      ResourceId target = ResourceId.parse(path(request.uri()));
      if (!target.equals(ResourceId.ROOT)) {
        return target;
      }
    } catch (IllegalArgumentException e) {
      // Such a path is answered like one that names nothing.
    }
    throw new ArmException(
        404,
        "MissingSubscription",
        "The request did not have a subscription or a valid tenant level resource provider.");
  }

  /** A path that begins with two slashes is read as a host by java.net.URI: it's put back. */
  private static String path(URI uri) {
    boolean twoSlashes = uri.getScheme() == null && uri.getRawAuthority() != null;
    return twoSlashes ? "//" + uri.getRawAuthority() + uri.getPath() : uri.getPath();
  }

  private ArmApi api(ResourceId target) {
    return apis.stream()
        .filter(api -> target.isType(api.type()))
        .findFirst()
        .orElseThrow(() -> unknownType(target.type()));
  }

  private ArmException unknownType(String type) {
    int slash = type.indexOf('/');
    String namespace = type.substring(0, slash);
    boolean known =
        apis.stream()
            .anyMatch(
                api -> api.type().toLowerCase(Locale.ROOT).startsWith(lower(namespace) + "/"));
    return known
        ? new ArmException(
            404,
            "InvalidResourceType",
            "The resource type '%s' could not be found in the namespace '%s'."
                .formatted(type.substring(slash + 1), namespace))
        : new ArmException(
            404,
            "InvalidResourceNamespace",
            "The resource namespace '%s' is invalid.".formatted(namespace));
  }

  private static String lower(String text) {
    return text.toLowerCase(Locale.ROOT);
  }

  private static void requireApiVersion(Request request, ArmApi api, ResourceId target) {
    Optional<String> version = Optional.ofNullable(request.query().get("api-version"));
    if (version.isEmpty()) {
      throw new ArmException(
          400,
          "MissingApiVersionParameter",
          "The api-version query parameter (?api-version=) is required for all requests.");
    }
    if (api.apiVersions().contains(version.get())) {
      return;
    }
    String supported = String.join(", ", api.apiVersions());
    if (api.type().startsWith("Microsoft.Resources/")) {
      throw new ArmException(
          400,
          "InvalidApiVersionParameter",
          "The api-version '%s' is invalid. The supported versions are '%s'."
              .formatted(version.get(), supported));
    }
    throw new ArmException(
        400,
        "NoRegisteredProviderFound",
        "No registered resource provider found for location '' and API version '%s' for type '%s'. The supported api-versions are '%s'."
            .formatted(
                version.get(), target.type().substring(target.type().indexOf('/') + 1), supported));
  }

  private void requireSubscription(ResourceId target) {
    target
        .subscription()
        .filter(id -> !world.resources().exists(ResourceId.parse("/subscriptions/" + id)))
        .ifPresent(
            id -> {
              throw new ArmException(
                  404,
                  "SubscriptionNotFound",
                  "The subscription '%s' could not be found.".formatted(id));
            });
  }

  private String challenge(ArmException e) {
    return "Bearer authorization_uri=\"https://login.windows.net/%s\", error=\"invalid_token\", error_description=\"%s\""
        .formatted(world.tenantId(), e.text());
  }

  static Response fault(Fault fault) {
    return error(fault.status(), fault.code(), "A fault that was put in.");
  }

  static Response error(int status, String code, String message) {
    ObjectNode body = Json.object();
    body.putObject("error").put("code", code).put("message", message);
    return Response.json(status, body);
  }
}

package dev.drawbridge.local.arm;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.drawbridge.local.http.Response;
import java.util.List;
import java.util.function.Supplier;

/** Resource providers: which types and api-versions there are. */
final class ProviderApi implements ArmApi {
  private final Supplier<List<ArmApi>> apis;

  ProviderApi(Supplier<List<ArmApi>> apis) {
    this.apis = apis;
  }

  @Override
  public String type() {
    return "Microsoft.Resources/subscriptions/providers";
  }

  @Override
  public List<String> apiVersions() {
    return List.of("2025-04-01", "2024-07-01");
  }

  @Override
  public Response handle(ArmCall call) {
    if (!call.method().equals("GET")) {
      throw call.methodNotAllowed();
    }
    call.require(type() + "/read");
    if (call.target().isCollection()) {
      return Page.of(
          apis.get().stream()
              .map(api -> namespace(api.type()))
              .distinct()
              .map(namespace -> json(namespace, call))
              .toList(),
          call);
    }
    String wanted = call.target().name();
    return apis.get().stream()
        .map(api -> namespace(api.type()))
        .filter(wanted::equalsIgnoreCase)
        .findFirst()
        .map(namespace -> Response.json(200, json(namespace, call)))
        .orElseThrow(
            () ->
                new ArmException(
                    404,
                    "InvalidResourceNamespace",
                    "The resource namespace '%s' is invalid.".formatted(wanted)));
  }

  private ObjectNode json(String namespace, ArmCall call) {
    ObjectNode json = Json.object();
    json.put(
            "id",
            "/subscriptions/%s/providers/%s"
                .formatted(call.target().subscription().orElseThrow(), namespace))
        .put("namespace", namespace)
        .put("registrationState", "Registered")
        .put("registrationPolicy", "RegistrationRequired");
    json.set(
        "resourceTypes",
        Json.array(
            apis.get().stream()
                .filter(api -> namespace(api.type()).equals(namespace) && api.isListed())
                .map(ProviderApi::json)
                .toList()));
    return json;
  }

  private static ObjectNode json(ArmApi api) {
    ObjectNode json = Json.object();
    json.put("resourceType", api.type().substring(namespace(api.type()).length() + 1));
    json.set("locations", Json.array(List.of()));
    json.set("apiVersions", Json.strings(api.apiVersions()));
    json.put("capabilities", "None");
    return json;
  }

  private static String namespace(String type) {
    return type.substring(0, type.indexOf('/'));
  }
}

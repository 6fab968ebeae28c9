package dev.drawbridge.tickets;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads the settings' description of the sources and gathers what is wrong with it. */
final class MappingReader {
  /** The fields of the requests, of whatever kind. */
  static final Set<String> FIELDS =
      Set.of(
          "/type",
          "/ticket/system",
          "/ticket/id",
          "/clusterId",
          "/clusterType",
          "/expiresIn",
          "/callbackUrl",
          "/tenantId",
          "/subscriptionId",
          "/resourceGroup",
          "/vnetName",
          "/remoteVnetId",
          "/virtualHubName",
          "/connectionName",
          "/firewallIp",
          "/resourceId",
          "/resourceName",
          "/groupId",
          "/approval");

  private final SettingsDocument settings;

  private MappingReader(SettingsDocument settings) {
    this.settings = settings;
  }

  /** A source without its secrets. */
  record Described(SourceType type, Mapping mapping) {}

  /**
   * @param wrong gets each mistake, with a JSON Pointer to where it is
   */
  static Map<String, Described> read(String document, List<String> wrong) {
    SettingsDocument settings = new SettingsDocument(wrong);
    return settings.members(document, "source", "source", new MappingReader(settings)::source);
  }

  private Described source(String name, JsonNode source) {
    String at = "/" + name;
    settings.refuseUnknown(at, source, Set.of("type", "fields", "approved", "closed", "ignore"));
    Optional<SourceType> type = SourceType.ofWord(source.path("type").asText(name));
    if (type.isEmpty()) {
      settings.refuse(
          at + "/type",
          "must be zendesk, jira, servicenow, standard, cloudevents or generic, if the source's name"
              + " is none of these");
    }
    List<Condition> ignored = new ArrayList<>();
    JsonNode ignore = source.path("ignore");
    if (!ignore.isMissingNode() && !ignore.isArray()) {
      settings.refuse(at + "/ignore", "must be an array of conditions");
    }
    for (int i = 0; i < ignore.size(); i++) {
      condition("%s/ignore/%d".formatted(at, i), ignore.path(i)).ifPresent(ignored::add);
    }
    return new Described(
        type.orElse(SourceType.GENERIC),
        new Mapping(
            fields(name, source.path("fields")),
            optional(at + "/approved", source.path("approved")),
            optional(at + "/closed", source.path("closed")),
            ignored));
  }

  private Map<String, Mapping.Origin> fields(String source, JsonNode fields) {
    Map<String, Mapping.Origin> origins = new LinkedHashMap<>();
    origins.put(Mapping.TICKET_SYSTEM, new Mapping.Origin.Constant(source));
    String at = "/%s/fields".formatted(source);
    if (!fields.isObject()) {
      settings.refuse(at, "must be an object, with a member for each field of a request");
      return origins;
    }
    fields
        .properties()
        .forEach(
            member -> {
              String field = member.getKey();
              String where = at + "/" + field.replace("~", "~0").replace("/", "~1");
              if (!FIELDS.contains(field)) {
                settings.refuse(where, "is no field of a request, such as /ticket/id or /vnetName");
                return;
              }
              origin(where, member.getValue()).ifPresent(origin -> origins.put(field, origin));
            });
    if (!fields.has(Mapping.TICKET_ID)) {
      settings.refuse(at, "must have /ticket/id");
    }
    if (origins.get(Mapping.TICKET_SYSTEM) instanceof Mapping.Origin.At) {
      // A source that could name another's tickets could end what those asked for.
      settings.refuse(at + "/~1ticket~1system", "must be a constant");
    }
    return origins;
  }

  /** {@code "/a/pointer"} or {@code {"value": "a constant"}}. */
  private Optional<Mapping.Origin> origin(String at, JsonNode origin) {
    if (origin.isObject() && origin.size() == 1 && origin.path("value").isTextual()) {
      return Optional.of(new Mapping.Origin.Constant(origin.path("value").textValue()));
    }
    return pointer(at, origin, "must be a JSON Pointer such as /ticket/id, or {\"value\": \"…\"}")
        .map(Mapping.Origin.At::new);
  }

  private Optional<Condition> optional(String at, JsonNode condition) {
    return condition.isMissingNode() ? Optional.empty() : condition(at, condition);
  }

  private Optional<Condition> condition(String at, JsonNode condition) {
    if (!condition.isObject()) {
      settings.refuse(at, "must be an object with pointer, and values or contains");
      return Optional.empty();
    }
    settings.refuseUnknown(at, condition, Set.of("pointer", "values", "contains"));
    Optional<JsonPointer> pointer =
        pointer(
            at + "/pointer", condition.path("pointer"), "must be a JSON Pointer such as /status");
    Set<String> values = texts(at + "/values", condition.path("values"));
    Set<String> parts = texts(at + "/contains", condition.path("contains"));
    if (!condition.has("values") && !condition.has("contains")) {
      settings.refuse(at, "must have values or contains");
    }
    return pointer.map(found -> new Condition(found, values, parts));
  }

  private Set<String> texts(String at, JsonNode array) {
    Set<String> texts = new LinkedHashSet<>();
    if (array.isMissingNode()) {
      return texts;
    }
    array.forEach(
        text -> {
          if (text.isTextual() && !text.textValue().isEmpty()) {
            texts.add(text.textValue());
          }
        });
    if (!array.isArray() || array.isEmpty() || texts.size() != array.size()) {
      settings.refuse(at, "must be an array of different strings that are not empty");
    }
    return texts;
  }

  private Optional<JsonPointer> pointer(String at, JsonNode text, String expected) {
    @Nullable String pointer = text.textValue();
    if (pointer != null && pointer.matches("(/([^~/]|~[01])*)+")) {
      return Optional.of(JsonPointer.compile(pointer));
    }
    settings.refuse(at, expected);
    return Optional.empty();
  }
}

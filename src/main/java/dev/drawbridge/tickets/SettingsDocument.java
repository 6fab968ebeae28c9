package dev.drawbridge.tickets;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;

/**
 * A setting that is one JSON object, with a member for each system; gathers what is wrong with it.
 */
public final class SettingsDocument {
  private static final ObjectMapper JSON =
      JsonMapper.builder()
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build();

  private final List<String> wrong;

  /**
   * @param wrong gets each mistake, with a JSON Pointer to where it is
   */
  public SettingsDocument(List<String> wrong) {
    this.wrong = wrong;
  }

  /**
   * Reads each member whose name can be a system's and that is an object.
   *
   * @param each what has a member, in full
   * @param one the same in a word
   */
  public <T> Map<String, T> members(
      String document, String each, String one, BiFunction<String, JsonNode, T> read) {
    Map<String, T> members = new LinkedHashMap<>();
    try {
      JsonNode tree = JSON.readTree(document);
      if (tree.isObject()) {
        tree.properties()
            .forEach(
                member -> {
                  String name = member.getKey();
                  if (!name.matches("[a-z][a-z0-9-]{0,31}")) {
                    wrong.add(
                        "has a %s whose name is not 1 to 32 lower-case letters, digits and hyphens"
                            .formatted(one));
                  } else if (!member.getValue().isObject()) {
                    refuse("/" + name, "must be an object");
                  } else {
                    members.put(name, read.apply(name, member.getValue()));
                  }
                });
        return members;
      }
    } catch (JsonProcessingException e) {
      // Told without its message: that repeats the text, which may be a secret in the wrong place.
    }
    wrong.add("must be one JSON object, with a member for each " + each);
    return members;
  }

  public void refuseUnknown(String at, JsonNode object, Collection<String> known) {
    object
        .fieldNames()
        .forEachRemaining(
            name -> {
              if (!known.contains(name)) {
                refuse(
                    at,
                    "must have no members but "
                        + String.join(", ", known.stream().sorted().toList()));
              }
            });
  }

  public void refuse(String at, String why) {
    wrong.add("%s: %s".formatted(at, why));
  }
}

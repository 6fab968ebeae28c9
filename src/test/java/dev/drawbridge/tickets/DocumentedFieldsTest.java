package dev.drawbridge.tickets;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import dev.drawbridge.openapi.ApiDocument;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class DocumentedFieldsTest {

  @Test
  void fields_whenEventsCanBeMappedToThem_thenAreThoseOfTheDocument() {
    Set<String> mapped = new TreeSet<>(MappingReader.FIELDS);
    mapped.add("/callbackUrl");
    ApiDocument document = ApiDocument.load();
    Set<String> documented = new TreeSet<>();
    for (String request : List.of("VnetPeering", "VhubPeering", "PrivateLinkRequest")) {
      collect(document, document.at("/components/schemas/" + request), "", documented);
    }
    assertEquals(mapped, documented);
  }

  private static void collect(ApiDocument document, JsonNode schema, String at, Set<String> found) {
    for (var property : schema.path("properties").properties()) {
      JsonNode resolved = document.resolve(property.getValue());
      String pointer = at + "/" + property.getKey();
      if (resolved.has("properties")) {
        collect(document, resolved, pointer, found);
      } else {
        found.add(pointer);
      }
    }
  }
}

package dev.drawbridge.local.tickets;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Which documents Jira takes, and how they read. */
class AdfTest {
  private static JsonNode document(String content) throws Exception {
    return new ObjectMapper()
        .readTree("{\"type\":\"doc\",\"version\":1,\"content\":[%s]}".formatted(content));
  }

  @Test
  void of_whenText_thenValidAndReadsTheSame() {
    String text = "Access granted\nuntil noon\n\nTell support:\nline [drawbridge op/granted]";

    JsonNode document = Adf.of(text);

    assertTrue(Adf.isDocument(document));
    assertTrue(Adf.isValid(document));
    assertEquals(text, Adf.plainText(document));
  }

  @Test
  void plainText_whenListsCodeAndLinks_thenTheirText() throws Exception {
    JsonNode document =
        document(
            """
            {"type":"heading","attrs":{"level":3},"content":[{"type":"text","text":"Access"}]},
            {"type":"bulletList","content":[
              {"type":"listItem","content":[{"type":"paragraph","content":[
                {"type":"text","text":"one","marks":[{"type":"strong"}]}]}]},
              {"type":"listItem","content":[{"type":"paragraph","content":[
                {"type":"inlineCard","attrs":{"url":"https://example.com"}}]}]}]},
            {"type":"codeBlock","content":[{"type":"text","text":"a\\nb"}]}""");

    assertTrue(Adf.isValid(document));
    assertEquals("Access\n\n* one\n* https://example.com\n\na\nb", Adf.plainText(document));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"type\":\"text\",\"text\":\"x\"}",
        "{\"type\":\"paragraph\",\"content\":[{\"type\":\"text\",\"text\":\"\"}]}",
        "{\"type\":\"paragraph\",\"content\":[{\"type\":\"paragraph\"}]}",
        "{\"type\":\"paragraph\",\"content\":{}}",
        "{\"type\":\"paragraf\"}",
        "{\"type\":\"heading\",\"content\":[{\"type\":\"text\",\"text\":\"x\"}]}",
        "{\"type\":\"bulletList\"}",
        "{\"type\":\"codeBlock\",\"content\":[{\"type\":\"hardBreak\"}]}",
        "{\"type\":\"paragraph\",\"content\":[{\"type\":\"text\",\"text\":\"x\",\"marks\":[{\"type\":\"bold\"}]}]}",
        "{\"type\":\"paragraph\",\"content\":[{\"type\":\"text\",\"text\":\"x\",\"marks\":[{\"type\":\"link\"}]}]}"
      })
  void isValid_whenMalformed_thenFalse(String content) throws Exception {
    assertFalse(Adf.isValid(document(content)));
  }
}

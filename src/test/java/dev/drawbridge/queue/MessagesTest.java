package dev.drawbridge.queue;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.drawbridge.access.Attempt;
import dev.drawbridge.access.OperationId;
import dev.drawbridge.access.StoredSamples;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MessagesTest {
  private static final String ID = "aaaa0a0a-bb1b-cc2c-dd3d-eeeeee4e4e4e";
  private static final OperationId OPERATION = OperationId.parse(ID);

  @Test
  void write_whenGiven_thenIsTheFormatThatQueuesHold() {
    assertEquals(
        "{\"version\":1,\"operation\":\"" + ID + "\",\"attempt\":3}",
        Messages.write(new Attempt(OPERATION, 3)));
    StoredSamples.assertIsPresentFormat("message.json", Messages.write(new Attempt(OPERATION, 3)));
  }

  /** A message that waits while the app is upgraded. */
  @Test
  void read_whenSentByAnyVersion_thenIsTheSame() {
    for (String sent : StoredSamples.all("message.json")) {
      assertEquals(new Attempt(OPERATION, 3), Messages.read(sent));
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 11, Integer.MAX_VALUE})
  void read_whenWritten_thenIsTheSame(int number) {
    Attempt attempt = new Attempt(OPERATION, number);
    assertEquals(attempt, Messages.read(Messages.write(attempt)));
  }

  @Test
  void read_whenItHasMembersOfANewerVersion_thenThoseAreLeftOut() {
    assertEquals(
        new Attempt(OPERATION, 0),
        Messages.read(
            " {\"more\": [], \"attempt\": 0, \"operation\": \"" + ID + "\", \"version\": 1}\n"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "null",
        "1",
        "\"x\"",
        "[]",
        "{}",
        "{",
        "not json",
        "\ufeff",
        "NaN",
        "{\"version\":1}",
        "{\"operation\":\"aaaa0a0a-bb1b-cc2c-dd3d-eeeeee4e4e4e\",\"attempt\":0}",
        "{\"version\":0,\"operation\":\"aaaa0a0a-bb1b-cc2c-dd3d-eeeeee4e4e4e\",\"attempt\":0}",
        "{\"version\":2,\"operation\":\"aaaa0a0a-bb1b-cc2c-dd3d-eeeeee4e4e4e\",\"attempt\":0}",
        "{\"version\":1.9,\"operation\":\"aaaa0a0a-bb1b-cc2c-dd3d-eeeeee4e4e4e\",\"attempt\":0}",
        "{\"version\":\"1\",\"operation\":\"aaaa0a0a-bb1b-cc2c-dd3d-eeeeee4e4e4e\",\"attempt\":0}",
        "{\"version\":4294967297,\"operation\":\"aaaa0a0a-bb1b-cc2c-dd3d-eeeeee4e4e4e\",\"attempt\":0}",
        "{\"version\":1,\"attempt\":0}",
        "{\"version\":1,\"operation\":null,\"attempt\":0}",
        "{\"version\":1,\"operation\":5,\"attempt\":0}",
        "{\"version\":1,\"operation\":\"\",\"attempt\":0}",
        "{\"version\":1,\"operation\":\"1-1-1-1-1\",\"attempt\":0}",
        "{\"version\":1,\"operation\":\"aaaa0a0a-bb1b-cc2c-dd3d-eeeeee4e4e4e/..\",\"attempt\":0}",
        "{\"version\":1,\"operation\":[\"aaaa0a0a-bb1b-cc2c-dd3d-eeeeee4e4e4e\"],\"attempt\":0}",
        "{\"version\":1,\"operation\":\"aaaa0a0a-bb1b-cc2c-dd3d-eeeeee4e4e4e\"}",
        "{\"version\":1,\"operation\":\"aaaa0a0a-bb1b-cc2c-dd3d-eeeeee4e4e4e\",\"attempt\":null}",
        "{\"version\":1,\"operation\":\"aaaa0a0a-bb1b-cc2c-dd3d-eeeeee4e4e4e\",\"attempt\":\"0\"}",
        "{\"version\":1,\"operation\":\"aaaa0a0a-bb1b-cc2c-dd3d-eeeeee4e4e4e\",\"attempt\":-1}",
        "{\"version\":1,\"operation\":\"aaaa0a0a-bb1b-cc2c-dd3d-eeeeee4e4e4e\",\"attempt\":0.5}",
        "{\"version\":1,\"operation\":\"aaaa0a0a-bb1b-cc2c-dd3d-eeeeee4e4e4e\",\"attempt\":2147483648}",
        "{\"version\":1,\"operation\":\"aaaa0a0a-bb1b-cc2c-dd3d-eeeeee4e4e4e\",\"attempt\":0} x",
        "{\"version\":1,\"operation\":\"aaaa0a0a-bb1b-cc2c-dd3d-eeeeee4e4e4e\",\"attempt\":0}{}",
      })
  void read_whenNoMessageOfOurs_thenIsRefused(String text) {
    assertThrows(IllegalArgumentException.class, () -> Messages.read(text));
  }

  @Test
  void read_whenNestedWithoutEnd_thenIsRefused() {
    assertThrows(IllegalArgumentException.class, () -> Messages.read("{\"a\":".repeat(100_000)));
    assertThrows(IllegalArgumentException.class, () -> Messages.read("[".repeat(100_000)));
  }
}

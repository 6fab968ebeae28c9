package dev.drawbridge.local.tables;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.net.URI;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TargetTest {
  private static Target target(String path) {
    return Target.of(URI.create("http://127.0.0.1:1/devstoreaccount1/" + path));
  }

  @Test
  void of_whenWellFormed_thenWhatItAddresses() {
    assertEquals(new Target.Tables(), target("Tables"));
    assertEquals(new Target.Tables(), target("Tables()"));
    assertEquals(new Target.OneTable("people"), target("Tables('people')"));
    assertEquals(new Target.Rows("people"), target("people"));
    assertEquals(new Target.Rows("people"), target("people()"));
    assertEquals(new Target.Batch(), target("$batch"));
  }

  @Test
  void of_whenKeys_thenDecoded() {
    EntityKey key = new EntityKey("a'b, c=(d)", "é+");
    Target expected = new Target.Row("people", key);

    assertEquals(expected, target("people(PartitionKey='a''b,%20c=(d)',RowKey='%C3%A9+')"));
    assertEquals(
        expected, target("people(RowKey='%C3%A9%2B',%20PartitionKey='a%27%27b,%20c=(d)')"));
    assertEquals(
        new Target.Row("people", new EntityKey("", "")),
        target("people(PartitionKey='',RowKey='')"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "people(",
        "people(PartitionKey='p')",
        "people(PartitionKey='p',RowKey='r'",
        "people(PartitionKey='p',RowKey=r)",
        "people(PartitionKey='p',RowKey='r)",
        "people(PartitionKey='p';RowKey='r')",
        "people(PartitionKey='p',RowKey='r',Other='o')",
        "people('p')",
        "Tables(people)",
        "Tables('people'x)",
      })
  void of_whenMalformed_thenInvalidInput(String path) {
    assertEquals(
        ErrorCode.INVALID_INPUT, assertThrows(TableError.class, () -> target(path)).code());
  }

  @Test
  void of_whenAnotherAccount_thenResourceNotFound() {
    TableError refused =
        assertThrows(TableError.class, () -> Target.of(URI.create("/another/people")));

    assertEquals(ErrorCode.RESOURCE_NOT_FOUND, refused.code());
  }

  @Test
  void of_whenKeyHasAnEncodedSlash_thenOutOfRangeInput() {
    TableError refused =
        assertThrows(TableError.class, () -> target("people(PartitionKey='a%2Fb',RowKey='r')"));

    assertEquals(ErrorCode.OUT_OF_RANGE_INPUT, refused.code());
  }
}

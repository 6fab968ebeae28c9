package dev.drawbridge.access;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MarkerTest {
  private static final String TEXT =
      "Temporary access, made and removed by Drawbridge"
          + " [operation=aaaa0a0a-bb1b-cc2c-dd3d-eeeeee4e4e4e expires=2026-03-04T10:00:00Z]";

  @Test
  void toDescription_whenWritten_thenHasTheFormThatTheRunbookNames() {
    Marker marker =
        new Marker(new OperationId(Samples.SUBSCRIPTION), Instant.parse("2026-03-04T10:00:00Z"));
    assertEquals(TEXT, marker.toDescription());
    assertEquals(Optional.of(marker), Marker.of(TEXT));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "1970-01-01T00:00:00Z",
        "2026-03-04T10:00:00Z",
        "2026-03-04T10:00:00.123Z",
        "2026-03-04T10:00:00.123456789Z",
        "+10000-01-01T00:00:00Z",
        "+1000000000-12-31T23:59:59.999999999Z",
        "-1000000000-01-01T00:00:00Z",
      })
  void of_whenAMarkerWasWritten_thenIsReadBack(String expires) {
    Marker marker = new Marker(Samples.id(7), Instant.parse(expires));
    assertEquals(Optional.of(marker), Marker.of(marker.toDescription()));
    assertTrue(marker.toDescription().length() <= 512, "as Azure advises");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "Temporary access",
        "temporary access, made and removed by drawbridge [operation=aaaa0a0a-bb1b-cc2c-dd3d-eeeeee4e4e4e expires=2026-03-04T10:00:00Z]",
        TEXT + " ",
        " " + TEXT,
        TEXT + "\n",
        "\n" + TEXT,
        TEXT + ".",
        "Not: " + TEXT,
        TEXT + TEXT,
        "Temporary access, made and removed by Drawbridge",
        "Temporary access, made and removed by Drawbridge []",
        "Temporary access, made and removed by Drawbridge [operation= expires=]",
        "Temporary access, made and removed by Drawbridge [operation=x expires=2026-03-04T10:00:00Z]",
        "Temporary access, made and removed by Drawbridge [operation=1-1-1-1-1 expires=2026-03-04T10:00:00Z]",
        "Temporary access, made and removed by Drawbridge [operation=aaaa0a0a-bb1b-cc2c-dd3d-eeeeee4e4e4e expires=never]",
        "Temporary access, made and removed by Drawbridge [operation=aaaa0a0a-bb1b-cc2c-dd3d-eeeeee4e4e4e expires=2026-02-30T10:00:00Z]",
        "Temporary access, made and removed by Drawbridge [operation=aaaa0a0a-bb1b-cc2c-dd3d-eeeeee4e4e4e expires=2026-03-04]",
        "Temporary access, made and removed by Drawbridge [operation=aaaa0a0a-bb1b-cc2c-dd3d-eeeeee4e4e4e expires=+1000000001-01-01T00:00:00Z]",
        "Temporary access, made and removed by Drawbridge [operation=aaaa0a0a-bb1b-cc2c-dd3d-eeeeee4e4e4e  expires=2026-03-04T10:00:00Z]",
        "Temporary access, made and removed by Drawbridge [operation=aaaa0a0a-bb1b-cc2c-dd3d-eeeeee4e4e4e\nexpires=2026-03-04T10:00:00Z]",
        "Temporary access, made and removed by Drawbridge [expires=2026-03-04T10:00:00Z operation=aaaa0a0a-bb1b-cc2c-dd3d-eeeeee4e4e4e]",
        "Temporary access, made and removed by Drawbridge [operation=aaaa0a0a-bb1b-cc2c-dd3d-eeeeee4e4e4e expires=2026-03-04T10:00:00Z expires=2027-03-04T10:00:00Z]",
        "Temporary access,\u00a0made and removed by Drawbridge [operation=aaaa0a0a-bb1b-cc2c-dd3d-eeeeee4e4e4e expires=2026-03-04T10:00:00Z]",
      })
  void of_whenADescriptionOnlyLooksLikeOne_thenIsNoMarker(String description) {
    assertEquals(Optional.empty(), Marker.of(description));
  }
}

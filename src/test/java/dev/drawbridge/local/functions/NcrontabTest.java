package dev.drawbridge.local.functions;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Instant;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class NcrontabTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        // every minute: at the time itself it is the next one, a nanosecond before it is that
        "0 * * * * *    | 2026-11-24T08:00:00Z           | 2026-11-24T08:01:00Z",
        "0 * * * * *    | 2026-11-24T08:00:59.999999999Z | 2026-11-24T08:01:00Z",
        "*/15 * * * * * | 2026-11-24T08:00:46Z           | 2026-11-24T08:01:00Z",
        "0 */5 * * * *  | 2026-11-24T08:04:59Z           | 2026-11-24T08:05:00Z",
        // Sunday is 0; 2026-11-29 is one
        "0 0 9 * * 0    | 2026-11-24T08:00:00Z           | 2026-11-29T09:00:00Z",
        "0 0 9 * * 6    | 2026-11-24T08:00:00Z           | 2026-11-28T09:00:00Z",
        "0 0 9 * * MON-FRI | 2026-11-27T09:00:00Z        | 2026-11-30T09:00:00Z",
        "0 0 0 1 JAN *  | 2026-11-24T08:00:00Z           | 2027-01-01T00:00:00Z",
        "0 0 0 29 2 *   | 2026-11-24T08:00:00Z           | 2028-02-29T00:00:00Z",
        // day of month and day of week must both fit
        "0 0 0 13 * 5   | 2026-11-24T08:00:00Z           | 2027-08-13T00:00:00Z",
        // the hour that Europe skips is there: the zone is UTC
        "0 30 2 * * *   | 2027-03-28T00:00:00Z           | 2027-03-28T02:30:00Z",
        "59 59 23 31 12 * | 2026-12-31T23:59:58Z         | 2026-12-31T23:59:59Z",
      })
  void next_whenScheduleIsGiven_thenIsTheFirstTimeAfter(
      String schedule, Instant after, Instant next) {
    assertEquals(next, Ncrontab.parse(schedule).next(after));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "* * * * *",
        "0 * * * * * 2026",
        "00:05:00",
        "0 0 0 L * *",
        "0 0 0 ? * *",
        "0 0 0 * * 7",
        "60 * * * * *",
        "0 0 24 * * *",
        "0 0 0 30 2 *",
        "0 * * * * FOO",
      })
  void parse_whenItIsNoNcrontab_thenQuotesItInTheMessage(String schedule) {
    String message =
        String.valueOf(
            assertThrows(IllegalArgumentException.class, () -> Ncrontab.parse(schedule))
                .getMessage());
    assertTrue(message.startsWith("'" + schedule + "' "), message);
  }
}

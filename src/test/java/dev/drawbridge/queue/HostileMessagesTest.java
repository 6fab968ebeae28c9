package dev.drawbridge.queue;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.drawbridge.access.Attempt;
import dev.drawbridge.fuzz.Hostile;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.statistics.Statistics;
import net.jqwik.api.statistics.StatisticsReport;

/** Messages that someone else has put into the queue. */
class HostileMessagesTest {
  private static final String MESSAGE =
      "{\"version\":1,\"operation\":\"aaaa0a0a-bb1b-cc2c-dd3d-eeeeee4e4e4e\",\"attempt\":3}";

  @StatisticsReport(onFailureOnly = true)
  @Property(seed = "1")
  void read_whenAnyText_thenIsReadOrRefused(@ForAll("messages") String text) {
    boolean isRead;
    try {
      Attempt attempt = Messages.read(text);
      assertEquals(attempt, Messages.read(Messages.write(attempt)));
      isRead = true;
    } catch (IllegalArgumentException e) {
      isRead = false;
    }
    Statistics.collect(isRead);
    Statistics.coverage(
        coverage -> {
          coverage.check(true).count(count -> count > 0);
          coverage.check(false).count(count -> count > 0);
        });
  }

  @Provide
  Arbitrary<String> messages() {
    return Hostile.documentsLike(MESSAGE);
  }
}

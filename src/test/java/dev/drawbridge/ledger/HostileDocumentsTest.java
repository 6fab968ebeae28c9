package dev.drawbridge.ledger;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.drawbridge.access.Operation;
import dev.drawbridge.access.Trail;
import dev.drawbridge.fuzz.Hostile;
import java.util.function.UnaryOperator;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.statistics.Statistics;
import net.jqwik.api.statistics.StatisticsReport;

/**
 * Any rows at all. Those that are not refused with an {@link IllegalArgumentException} are ones
 * that can be written again.
 */
class HostileDocumentsTest {

  @StatisticsReport(onFailureOnly = true)
  @Property(seed = "2")
  void readOperation_whenAnyText_thenIsReadOrRefused(@ForAll("operations") String text) {
    check(
        text,
        document -> {
          Operation operation = Documents.readOperation(document);
          Trail.State state = operation.trailState();
          assertEquals(state, Documents.readOperation(Documents.write(operation)).trailState());
          return Documents.write(operation);
        });
  }

  @StatisticsReport(onFailureOnly = true)
  @Property(seed = "3")
  void readGrant_whenAnyText_thenIsReadOrRefused(@ForAll("grants") String text) {
    check(text, document -> Documents.write(Documents.readGrant(document)));
  }

  private static void check(String text, UnaryOperator<String> copy) {
    boolean isRead;
    try {
      String written = copy.apply(text);
      assertEquals(written, copy.apply(written));
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
  Arbitrary<String> operations() {
    return Hostile.documentsLike(Documents.write(DocumentsTest.full()));
  }

  @Provide
  Arbitrary<String> grants() {
    return Hostile.documentsLike(Documents.write(DocumentsTest.fullGrant()));
  }
}

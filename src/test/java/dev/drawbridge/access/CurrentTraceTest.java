package dev.drawbridge.access;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class CurrentTraceTest {
  private static final Optional<TraceContext> ONE = Optional.of(TraceContext.random());
  private static final Optional<TraceContext> OTHER = Optional.of(TraceContext.random());

  @Test
  void in_whenNested_thenTheInnermostCountsAndEachEndsWithItsWork() {
    assertEquals(Optional.empty(), CurrentTrace.get());
    CurrentTrace.in(
        ONE,
        () -> {
          assertEquals(ONE, CurrentTrace.get());
          assertEquals(OTHER, CurrentTrace.in(OTHER, CurrentTrace::get));
          assertEquals(Optional.empty(), CurrentTrace.in(Optional.empty(), CurrentTrace::get));
          assertEquals(ONE, CurrentTrace.get());
        });
    assertEquals(Optional.empty(), CurrentTrace.get());
  }

  @Test
  void in_whenTheWorkFails_thenIsNotTheNextOnes() {
    assertThrows(
        IllegalStateException.class,
        () ->
            CurrentTrace.in(
                ONE,
                () -> {
                  throw new IllegalStateException();
                }));
    assertEquals(Optional.empty(), CurrentTrace.get());
  }

  @Test
  void get_whenOnAnotherThread_thenIsNothing() throws Exception {
    CompletableFuture<Optional<TraceContext>> elsewhere =
        CurrentTrace.in(ONE, () -> CompletableFuture.supplyAsync(CurrentTrace::get));
    assertEquals(Optional.empty(), elsewhere.get(10, TimeUnit.SECONDS));
  }

  @Test
  void forCall_whenInATrace_thenIsANewPartOfItEachTime() {
    assertEquals(Optional.empty(), CurrentTrace.forCall());
    CurrentTrace.in(
        ONE,
        () -> {
          TraceContext first = call();
          TraceContext second = call();
          assertEquals(ONE.get().traceId(), first.traceId());
          assertEquals(ONE.get().traceId(), second.traceId());
          assertNotEquals(first.spanId(), second.spanId());
          assertNotEquals(ONE.get().spanId(), first.spanId());
        });
  }

  private static TraceContext call() {
    return CurrentTrace.forCall().flatMap(TraceContext::parse).orElseThrow();
  }
}

package dev.drawbridge.functions;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.microsoft.azure.functions.ExecutionContext;
import java.util.logging.Logger;
import org.junit.jupiter.api.Test;
import org.mockito.Mockito;

class InvocationTest {
  private final Logger own = Logger.getAnonymousLogger();

  @Test
  void log_whenAFunctionRuns_thenIsItsContextsAndNoLongerAfterIt() {
    Logger outside = Invocation.log();
    ExecutionContext context = Mockito.mock(ExecutionContext.class);
    Mockito.when(context.getLogger()).thenReturn(own);
    Invocation.run(
        context,
        log -> {
          assertSame(own, log);
          assertSame(own, Invocation.log());
        });
    assertSame(outside, Invocation.log());
    assertNotEquals(own, outside);
    assertSame(own, Invocation.answer(own, Invocation::log));
    assertSame(outside, Invocation.log());
  }

  @Test
  void log_whenAFunctionFails_thenIsNotTheNextOnes() {
    Logger outside = Invocation.log();
    IllegalStateException failure = new IllegalStateException("x");
    assertEquals(
        failure,
        assertThrows(
            IllegalStateException.class,
            () ->
                Invocation.answer(
                    own,
                    () -> {
                      throw failure;
                    })));
    assertSame(outside, Invocation.log());
  }
}

package dev.drawbridge.functions;

import com.microsoft.azure.functions.ExecutionContext;
import com.microsoft.azure.functions.HttpMethod;
import com.microsoft.azure.functions.HttpRequestMessage;
import com.microsoft.azure.functions.HttpResponseMessage;
import com.microsoft.azure.functions.HttpStatus;
import com.microsoft.azure.functions.annotation.AuthorizationLevel;
import com.microsoft.azure.functions.annotation.FunctionName;
import com.microsoft.azure.functions.annotation.HttpTrigger;
import dev.drawbridge.access.flow.Operations;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/** {@code GET /api/health}: whether the ledger answers and sweeps are made. Needs no key. */
public final class Health {
  private static final Duration SWEPT_WITHIN = Duration.ofMinutes(15);

  private final Operations operations;
  private final Answers answers;
  private final Clock clock;

  public Health(Operations operations, Answers answers, Clock clock) {
    this.operations = operations;
    this.answers = answers;
    this.clock = clock;
  }

  @FunctionName("Health")
  public HttpResponseMessage run(
      @HttpTrigger(
              name = "request",
              methods = HttpMethod.GET,
              authLevel = AuthorizationLevel.ANONYMOUS,
              route = "health")
          HttpRequestMessage<Optional<String>> request,
      ExecutionContext context) {
    return answers.unlessUnavailable(
        request,
        context.getLogger(),
        () -> {
          Optional<Instant> swept = operations.lastSweep();
          if (swept.isEmpty()) {
            return answers.json(request, HttpStatus.OK, Map.of("status", "starting"));
          }
          if (swept.get().plus(SWEPT_WITHIN).isBefore(clock.instant())) {
            return answers.problem(
                request,
                HttpStatus.SERVICE_UNAVAILABLE,
                "sweepOverdue",
                "The last sweep ended at %s: access that is over may still stand."
                    .formatted(swept.get()));
          }
          return answers.json(
              request, HttpStatus.OK, Map.of("status", "ok", "lastSweep", swept.get().toString()));
        });
  }
}

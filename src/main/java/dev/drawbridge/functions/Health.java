package dev.drawbridge.functions;

import com.microsoft.azure.functions.ExecutionContext;
import com.microsoft.azure.functions.HttpMethod;
import com.microsoft.azure.functions.HttpRequestMessage;
import com.microsoft.azure.functions.HttpResponseMessage;
import com.microsoft.azure.functions.HttpStatus;
import com.microsoft.azure.functions.annotation.AuthorizationLevel;
import com.microsoft.azure.functions.annotation.FunctionName;
import com.microsoft.azure.functions.annotation.HttpTrigger;
import dev.drawbridge.access.Grant;
import dev.drawbridge.access.flow.Operations;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * {@code GET /api/health}: whether the ledger answers and sweeps are made. Needs no key, so that it
 * names no scope and repeats no words of Azure or of people.
 */
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
          return answers.json(request, HttpStatus.OK, health(swept.get()));
        });
  }

  /** What a person has to know of, though the app itself is well. */
  private Map<String, Object> health(Instant swept) {
    Map<String, Object> health = new LinkedHashMap<>();
    List<Grant> overdue = operations.overdue();
    health.put("status", overdue.isEmpty() ? "ok" : "overdue");
    health.put("lastSweep", swept.toString());
    if (!overdue.isEmpty()) {
      health.put("overdue", overdue.stream().map(Health::view).toList());
    }
    operations
        .stop()
        .ifPresent(stop -> health.put("grantsStopped", Map.of("since", stop.since().toString())));
    return health;
  }

  private static Map<String, String> view(Grant grant) {
    return Map.of(
        "assignment", grant.access().assignmentName().toString(),
        "since", grant.revokingSince().map(Instant::toString).orElse(""));
  }
}

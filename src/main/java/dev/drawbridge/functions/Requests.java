package dev.drawbridge.functions;

import com.microsoft.azure.functions.ExecutionContext;
import com.microsoft.azure.functions.HttpRequestMessage;
import com.microsoft.azure.functions.HttpResponseMessage;
import com.microsoft.azure.functions.HttpStatus;
import dev.drawbridge.access.ConnectionKind;
import dev.drawbridge.access.ConnectionRequest;
import dev.drawbridge.access.CurrentTrace;
import dev.drawbridge.access.Limits;
import dev.drawbridge.access.Parsed;
import dev.drawbridge.access.Violation;
import dev.drawbridge.access.flow.Intake;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;

/** Takes requests for connections in, whatever their kind. */
public final class Requests {
  private final Intake intake;
  private final Limits limits;
  private final Answers answers;

  public Requests(Intake intake, Limits limits, Answers answers) {
    this.intake = intake;
    this.limits = limits;
    this.answers = answers;
  }

  /**
   * @param kinds those that may be asked for here
   * @param completed the fields as they are read, made of those that were sent
   */
  HttpResponseMessage take(
      HttpRequestMessage<Optional<String>> request,
      Set<ConnectionKind> kinds,
      UnaryOperator<Map<String, Object>> completed,
      ExecutionContext context) {
    return answers.unlessNotTaken(
        request,
        context.getLogger(),
        () -> {
          Optional<String> key = IdempotencyKey.of(request);
          Map<String, Object> fields = completed.apply(JsonBody.read(request));
          Parsed<ConnectionRequest> parsed = ConnectionRequest.parse(fields, limits, kinds);
          return answer(request, parsed, key, "api", UnaryOperator.identity(), context);
        });
  }

  /**
   * Takes the fields of a request of any kind, whose ticket and content are its key.
   *
   * @param source who has sent it, for the record
   * @param explained what to tell of a violation
   */
  HttpResponseMessage take(
      HttpRequestMessage<?> request,
      Map<String, ?> fields,
      String source,
      UnaryOperator<Violation> explained,
      ExecutionContext context) {
    return answer(
        request,
        ConnectionRequest.parse(fields, limits),
        Optional.empty(),
        source,
        explained,
        context);
  }

  private HttpResponseMessage answer(
      HttpRequestMessage<?> request,
      Parsed<ConnectionRequest> parsed,
      Optional<String> key,
      String source,
      UnaryOperator<Violation> explained,
      ExecutionContext context) {
    if (parsed instanceof Parsed.Valid<ConnectionRequest> valid) {
      Intake.Result result =
          CurrentTrace.in(
              Optional.of(IncomingTrace.of(request, context)),
              () -> intake.accept(valid.value(), key, source, context.getLogger()));
      return answer(request, result, explained);
    }
    return answers.problem(
        request,
        HttpStatus.BAD_REQUEST,
        "invalidRequest",
        "Correct the fields below and send the request again.",
        parsed instanceof Parsed.Invalid<ConnectionRequest> invalid
            ? invalid.violations().stream().map(explained).toList()
            : List.of());
  }

  private HttpResponseMessage answer(
      HttpRequestMessage<?> request, Intake.Result result, UnaryOperator<Violation> explained) {
    if (result instanceof Intake.Result.Accepted accepted) {
      return answers.operation(request, HttpStatus.ACCEPTED, accepted.operation());
    }
    if (result instanceof Intake.Result.Refused refused) {
      return answers.problem(
          request,
          HttpStatus.FORBIDDEN,
          "notAllowed",
          "This installation does not serve what the request names.",
          refused.violations().stream().map(explained).toList());
    }
    if (result instanceof Intake.Result.KeyReused reused) {
      return answers.problem(
          request,
          HttpStatus.UNPROCESSABLE_ENTITY,
          "idempotencyKeyReused",
          "The Idempotency-Key belongs to operation %s, whose request was another one."
              .formatted(reused.operation()));
    }
    if (result instanceof Intake.Result.Stopped stopped) {
      return answers.problem(
          request,
          HttpStatus.SERVICE_UNAVAILABLE,
          "grantsStopped",
          "Nothing is granted since %s: %s. Send the request again when it is."
              .formatted(stopped.stop().since(), stopped.stop().reason()));
    }
    return answers.problem(
        request,
        HttpStatus.SERVICE_UNAVAILABLE,
        "notQueued",
        "The request is written down but not queued yet. Nothing is lost; sending it again is safe.");
  }
}

package dev.drawbridge.functions;

import com.microsoft.azure.functions.ExecutionContext;
import com.microsoft.azure.functions.HttpMethod;
import com.microsoft.azure.functions.HttpRequestMessage;
import com.microsoft.azure.functions.HttpResponseMessage;
import com.microsoft.azure.functions.HttpStatus;
import com.microsoft.azure.functions.annotation.AuthorizationLevel;
import com.microsoft.azure.functions.annotation.FunctionName;
import com.microsoft.azure.functions.annotation.HttpTrigger;
import dev.drawbridge.access.CurrentTrace;
import dev.drawbridge.access.flow.Replaying;
import java.util.Optional;

/**
 * {@code POST /api/manage/replay}: puts the requests behind parked messages back, or tells what
 * would come of it. Needs the master key. (Azure's host takes no route that begins with admin.)
 */
public final class Replay {
  private final Replaying replaying;
  private final Answers answers;

  public Replay(Replaying replaying, Answers answers) {
    this.replaying = replaying;
    this.answers = answers;
  }

  @FunctionName("Replay")
  public HttpResponseMessage run(
      @HttpTrigger(
              name = "request",
              methods = HttpMethod.POST,
              authLevel = AuthorizationLevel.ADMIN,
              route = "manage/replay")
          HttpRequestMessage<Optional<String>> request,
      ExecutionContext context) {
    return answers.unlessNotTaken(
        request,
        context.getLogger(),
        () -> answer(request, ReplayOrder.of(JsonBody.read(request)), context));
  }

  private HttpResponseMessage answer(
      HttpRequestMessage<?> request, ReplayOrder read, ExecutionContext context) {
    if (!read.violations().isEmpty()) {
      return answers.problem(
          request,
          HttpStatus.BAD_REQUEST,
          "invalidRequest",
          "Correct the fields below and send the request again.",
          read.violations());
    }
    Replaying.Order order = read.order(by(request));
    Replaying.Report report =
        CurrentTrace.in(
            Optional.of(IncomingTrace.of(request, context)),
            () -> replaying.run(order, context.getLogger()));
    return answers.json(request, HttpStatus.OK, ReplayView.of(report, order.dryRun()));
  }

  /** The key has no name of its own; the last address is the one that Azure's front end added. */
  private static String by(HttpRequestMessage<?> request) {
    String from = request.getHeaders().getOrDefault("x-forwarded-for", "");
    String last = from.substring(from.lastIndexOf(',') + 1).strip();
    return last.isEmpty() ? "the master key" : "the master key, from " + last;
  }
}

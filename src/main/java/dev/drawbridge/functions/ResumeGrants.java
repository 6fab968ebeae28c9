package dev.drawbridge.functions;

import com.microsoft.azure.functions.ExecutionContext;
import com.microsoft.azure.functions.HttpMethod;
import com.microsoft.azure.functions.HttpRequestMessage;
import com.microsoft.azure.functions.HttpResponseMessage;
import com.microsoft.azure.functions.HttpStatus;
import com.microsoft.azure.functions.annotation.AuthorizationLevel;
import com.microsoft.azure.functions.annotation.FunctionName;
import com.microsoft.azure.functions.annotation.HttpTrigger;
import dev.drawbridge.access.flow.BreakGlass;
import java.util.Map;
import java.util.Optional;

/** {@code POST /api/manage/resume}: lifts the emergency brake. It takes the app's master key. */
public final class ResumeGrants {
  private final BreakGlass breakGlass;
  private final Answers answers;

  public ResumeGrants(BreakGlass breakGlass, Answers answers) {
    this.breakGlass = breakGlass;
    this.answers = answers;
  }

  @FunctionName("ResumeGrants")
  public HttpResponseMessage run(
      @HttpTrigger(
              name = "request",
              methods = HttpMethod.POST,
              authLevel = AuthorizationLevel.ADMIN,
              route = "manage/resume")
          HttpRequestMessage<Optional<String>> request,
      ExecutionContext context) {
    return answers.unlessNotTaken(
        request,
        context.getLogger(),
        () -> {
          Reason reason = Reason.of(request);
          if (!reason.dryRun()) {
            breakGlass.lift(reason.text(), context.getLogger());
          }
          return answers.json(request, HttpStatus.OK, Map.of("dryRun", reason.dryRun()));
        });
  }
}

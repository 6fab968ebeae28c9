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
import dev.drawbridge.access.Operation;
import dev.drawbridge.access.flow.BreakGlass;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * {@code POST /api/manage/revoke-all}: the emergency brake. It takes the app's master key. The
 * route is not {@code admin/}, which the Functions host keeps for itself.
 */
public final class RevokeAll {
  private final BreakGlass breakGlass;
  private final Answers answers;

  public RevokeAll(BreakGlass breakGlass, Answers answers) {
    this.breakGlass = breakGlass;
    this.answers = answers;
  }

  @FunctionName("RevokeAll")
  public HttpResponseMessage run(
      @HttpTrigger(
              name = "request",
              methods = HttpMethod.POST,
              authLevel = AuthorizationLevel.ADMIN,
              route = "manage/revoke-all")
          HttpRequestMessage<Optional<String>> request,
      ExecutionContext context) {
    return answers.unlessNotTaken(
        request,
        context.getLogger(),
        () -> {
          Reason reason = Reason.of(request);
          return reason.dryRun()
              ? answers.json(request, HttpStatus.OK, view(true, breakGlass.standing()))
              : answers.json(
                  request,
                  HttpStatus.OK,
                  view(false, breakGlass.pull(reason.text(), context.getLogger())));
        });
  }

  /** Of a dry run, what would be ended; else what is left, which each sweep goes on with. */
  private static Map<String, Object> view(boolean dryRun, BreakGlass.Standing standing) {
    List<Map<String, String>> assignments =
        standing.grants().stream()
            .map(Grant::access)
            .map(
                access ->
                    Map.of(
                        "role", access.roleName(),
                        "scope", access.scope(),
                        "principalId", access.principalId().toString(),
                        "assignment", access.assignmentName().toString()))
            .toList();
    return Map.of(
        "dryRun",
        dryRun,
        "operations",
        standing.operations().stream().map(Operation::id).map(String::valueOf).toList(),
        "assignments",
        assignments);
  }
}

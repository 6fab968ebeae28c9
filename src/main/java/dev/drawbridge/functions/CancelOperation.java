package dev.drawbridge.functions;

import com.microsoft.azure.functions.ExecutionContext;
import com.microsoft.azure.functions.HttpMethod;
import com.microsoft.azure.functions.HttpRequestMessage;
import com.microsoft.azure.functions.HttpResponseMessage;
import com.microsoft.azure.functions.HttpStatus;
import com.microsoft.azure.functions.annotation.AuthorizationLevel;
import com.microsoft.azure.functions.annotation.BindingName;
import com.microsoft.azure.functions.annotation.FunctionName;
import com.microsoft.azure.functions.annotation.HttpTrigger;
import dev.drawbridge.access.Operation;
import dev.drawbridge.access.OperationId;
import dev.drawbridge.access.Status;
import dev.drawbridge.access.flow.Operations;
import java.util.Optional;

/** {@code POST /api/operations/{id}/cancel}: has an operation end and its access taken away. */
public final class CancelOperation {
  private final Operations operations;
  private final Answers answers;

  public CancelOperation(Operations operations, Answers answers) {
    this.operations = operations;
    this.answers = answers;
  }

  @FunctionName("CancelOperation")
  public HttpResponseMessage run(
      @HttpTrigger(
              name = "request",
              methods = HttpMethod.POST,
              authLevel = AuthorizationLevel.FUNCTION,
              route = "operations/{id}/cancel")
          HttpRequestMessage<Optional<String>> request,
      @BindingName("id") String id,
      ExecutionContext context) {
    return answers.unlessUnavailable(
        request,
        context.getLogger(),
        () ->
            OperationId.ifValid(id)
                .flatMap(operations::cancel)
                .map(operation -> answer(request, operation))
                .orElseGet(() -> answers.noSuchOperation(request)));
  }

  private HttpResponseMessage answer(HttpRequestMessage<?> request, Operation operation) {
    if (operation.endedAt().isEmpty()) {
      return answers.operation(request, HttpStatus.ACCEPTED, operation);
    }
    if (operation.status() == Status.CANCELED) {
      return answers.operation(request, HttpStatus.OK, operation);
    }
    return answers.problem(
        request,
        HttpStatus.CONFLICT,
        "ended",
        "The operation has ended as %s; its access is gone.".formatted(operation.status().word()));
  }
}

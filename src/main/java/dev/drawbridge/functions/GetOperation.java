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
import dev.drawbridge.access.OperationId;
import dev.drawbridge.access.flow.Operations;
import java.util.Optional;

/** {@code GET /api/operations/{id}}: the status monitor of one operation. */
public final class GetOperation {
  private final Operations operations;
  private final Answers answers;

  public GetOperation(Operations operations, Answers answers) {
    this.operations = operations;
    this.answers = answers;
  }

  @FunctionName("GetOperation")
  public HttpResponseMessage run(
      @HttpTrigger(
              name = "request",
              methods = HttpMethod.GET,
              authLevel = AuthorizationLevel.FUNCTION,
              route = "operations/{id}")
          HttpRequestMessage<Optional<String>> request,
      @BindingName("id") String id,
      ExecutionContext context) {
    return answers.unlessUnavailable(
        request,
        context.getLogger(),
        () ->
            OperationId.ifValid(id)
                .flatMap(operations::find)
                .map(operation -> answers.operation(request, HttpStatus.OK, operation))
                .orElseGet(() -> answers.noSuchOperation(request)));
  }
}

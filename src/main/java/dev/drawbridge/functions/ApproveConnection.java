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
import dev.drawbridge.access.Violation;
import dev.drawbridge.access.flow.Operations;
import dev.drawbridge.access.flow.Operations.Choice;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * {@code POST /api/operations/{id}/approve}: a person says that a pending private endpoint
 * connection is the operation's, so that the next sweep approves it.
 */
public final class ApproveConnection {
  private static final String FIELD = "connectionId";

  private final Operations operations;
  private final Answers answers;

  public ApproveConnection(Operations operations, Answers answers) {
    this.operations = operations;
    this.answers = answers;
  }

  @FunctionName("ApproveConnection")
  public HttpResponseMessage run(
      @HttpTrigger(
              name = "request",
              methods = HttpMethod.POST,
              authLevel = AuthorizationLevel.FUNCTION,
              route = "operations/{id}/approve")
          HttpRequestMessage<Optional<String>> request,
      @BindingName("id") String id,
      ExecutionContext context) {
    return answers.unlessNotTaken(
        request, context.getLogger(), () -> answer(request, id, JsonBody.read(request)));
  }

  private HttpResponseMessage answer(
      HttpRequestMessage<?> request, String id, Map<String, Object> fields) {
    if (!fields.keySet().equals(Set.of(FIELD)) || !(fields.get(FIELD) instanceof String named)) {
      return invalid(request, "must be the one field, the id of a connection");
    }
    Choice choice =
        OperationId.ifValid(id)
            .map(operation -> operations.choose(operation, named))
            .orElseGet(Choice.NoSuchOperation::new);
    if (choice instanceof Choice.Chosen chosen) {
      return answers.operation(request, HttpStatus.ACCEPTED, chosen.operation());
    }
    if (choice instanceof Choice.NotOfTheTarget other) {
      return invalid(
          request,
          "must be the id of a private endpoint connection to "
              + other.operation().request().target());
    }
    if (choice instanceof Choice.NotWaiting) {
      return answers.problem(
          request,
          HttpStatus.CONFLICT,
          "notWaiting",
          "The operation does not wait for a private endpoint connection.");
    }
    return answers.noSuchOperation(request);
  }

  private HttpResponseMessage invalid(HttpRequestMessage<?> request, String detail) {
    return answers.problem(
        request,
        HttpStatus.BAD_REQUEST,
        "invalidRequest",
        "Name the connection as the operation shows it.",
        List.of(new Violation("/" + FIELD, detail)));
  }
}

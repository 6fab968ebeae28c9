package dev.drawbridge.functions;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.microsoft.azure.functions.ExecutionContext;
import com.microsoft.azure.functions.HttpMethod;
import com.microsoft.azure.functions.HttpRequestMessage;
import com.microsoft.azure.functions.HttpResponseMessage;
import com.microsoft.azure.functions.HttpStatus;
import com.microsoft.azure.functions.annotation.AuthorizationLevel;
import com.microsoft.azure.functions.annotation.FunctionName;
import com.microsoft.azure.functions.annotation.HttpTrigger;
import dev.drawbridge.access.Status;
import dev.drawbridge.access.flow.Operations;
import dev.drawbridge.access.port.Ledger;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;

/** {@code GET /api/operations}: operations, a page at a time, ended or not. */
public final class ListOperations {
  private static final int MOST = 1000;
  private static final int USUAL = 100;
  private static final ObjectMapper JSON = new ObjectMapper();

  private final Operations operations;
  private final Answers answers;

  public ListOperations(Operations operations, Answers answers) {
    this.operations = operations;
    this.answers = answers;
  }

  @FunctionName("ListOperations")
  public HttpResponseMessage run(
      @HttpTrigger(
              name = "request",
              methods = HttpMethod.GET,
              authLevel = AuthorizationLevel.FUNCTION,
              route = "operations")
          HttpRequestMessage<Optional<String>> request,
      ExecutionContext context) {
    return answers.unlessUnavailable(
        request,
        context.getLogger(),
        () -> {
          try {
            return answers.json(request, HttpStatus.OK, page(request.getQueryParameters()));
          } catch (IllegalArgumentException e) {
            return answers.problem(
                request, HttpStatus.BAD_REQUEST, "invalidQuery", String.valueOf(e.getMessage()));
          }
        });
  }

  private ObjectNode page(Map<String, String> query) {
    Optional<Status> status = Optional.ofNullable(query.get("status")).map(ListOperations::status);
    int top = Optional.ofNullable(query.get("top")).map(ListOperations::top).orElse(USUAL);
    Optional<String> continuation = Optional.ofNullable(query.get("continuation"));
    Ledger.Page page = operations.list(status, top, continuation);
    ObjectNode view = JSON.createObjectNode();
    ArrayNode list = view.putArray("operations");
    page.operations().forEach(operation -> list.add(OperationView.summary(operation)));
    page.continuation().ifPresent(token -> view.put("continuation", token));
    return view;
  }

  private static Status status(String word) {
    return Arrays.stream(Status.values())
        .filter(status -> status.word().equals(word))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "status must be one of "
                        + Arrays.stream(Status.values()).map(Status::word).toList()));
  }

  private static int top(String text) {
    if (text.matches("\\d{1,4}")) {
      int top = Integer.parseInt(text);
      if (top >= 1 && top <= MOST) {
        return top;
      }
    }
    throw new IllegalArgumentException("top must be a number from 1 to " + MOST);
  }
}

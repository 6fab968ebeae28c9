package dev.drawbridge.functions;

import com.microsoft.azure.functions.ExecutionContext;
import com.microsoft.azure.functions.HttpMethod;
import com.microsoft.azure.functions.HttpRequestMessage;
import com.microsoft.azure.functions.HttpResponseMessage;
import com.microsoft.azure.functions.annotation.AuthorizationLevel;
import com.microsoft.azure.functions.annotation.FunctionName;
import com.microsoft.azure.functions.annotation.HttpTrigger;
import dev.drawbridge.access.ConnectionKind;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** {@code POST /api/private-links}: asks for a private endpoint to a resource. */
public final class RequestPrivateLink {
  private static final ConnectionKind KIND = ConnectionKind.PRIVATE_LINK;

  private final Requests requests;

  public RequestPrivateLink(Requests requests) {
    this.requests = requests;
  }

  @FunctionName("RequestPrivateLink")
  public HttpResponseMessage run(
      @HttpTrigger(
              name = "request",
              methods = HttpMethod.POST,
              authLevel = AuthorizationLevel.FUNCTION,
              route = "private-links")
          HttpRequestMessage<Optional<String>> request,
      ExecutionContext context) {
    return requests.take(request, Set.of(KIND), RequestPrivateLink::ofItsKind, context);
  }

  /** There is one kind here, so that nobody has to name it. */
  private static Map<String, Object> ofItsKind(Map<String, Object> fields) {
    Map<String, Object> complete = new LinkedHashMap<>(fields);
    complete.putIfAbsent("type", KIND.type());
    return complete;
  }
}

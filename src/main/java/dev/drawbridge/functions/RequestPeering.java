package dev.drawbridge.functions;

import com.microsoft.azure.functions.ExecutionContext;
import com.microsoft.azure.functions.HttpMethod;
import com.microsoft.azure.functions.HttpRequestMessage;
import com.microsoft.azure.functions.HttpResponseMessage;
import com.microsoft.azure.functions.annotation.AuthorizationLevel;
import com.microsoft.azure.functions.annotation.FunctionName;
import com.microsoft.azure.functions.annotation.HttpTrigger;
import dev.drawbridge.access.ConnectionKind;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;

/** {@code POST /api/peerings}: asks for a peering with a virtual network or a virtual hub. */
public final class RequestPeering {
  private static final Set<ConnectionKind> KINDS =
      Set.of(ConnectionKind.VNET_PEERING, ConnectionKind.VHUB_PEERING);

  private final Requests requests;

  public RequestPeering(Requests requests) {
    this.requests = requests;
  }

  @FunctionName("RequestPeering")
  public HttpResponseMessage run(
      @HttpTrigger(
              name = "request",
              methods = HttpMethod.POST,
              authLevel = AuthorizationLevel.FUNCTION,
              route = "peerings")
          HttpRequestMessage<Optional<String>> request,
      ExecutionContext context) {
    return requests.take(request, KINDS, UnaryOperator.identity(), context);
  }
}

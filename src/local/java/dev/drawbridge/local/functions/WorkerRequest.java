package dev.drawbridge.local.functions;

import com.microsoft.azure.functions.HttpMethod;
import com.microsoft.azure.functions.HttpRequestMessage;
import com.microsoft.azure.functions.HttpResponseMessage;
import com.microsoft.azure.functions.HttpStatus;
import com.microsoft.azure.functions.HttpStatusType;
import java.net.URI;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The request that a function gets. */
final class WorkerRequest implements HttpRequestMessage<Object> {
  private final HttpExchangeData data;
  private final @Nullable Object body;

  WorkerRequest(HttpExchangeData data, @Nullable Object body) {
    this.data = data;
    this.body = body;
  }

  @Override
  public URI getUri() {
    return data.uri();
  }

  @Override
  public HttpMethod getHttpMethod() {
    return HttpMethod.value(data.method());
  }

  @Override
  public Map<String, String> getHeaders() {
    return data.headers();
  }

  @Override
  public Map<String, String> getQueryParameters() {
    return data.query();
  }

  @Override
  public @Nullable Object getBody() {
    return body;
  }

  @Override
  public HttpResponseMessage.Builder createResponseBuilder(HttpStatus status) {
    return new WorkerResponse(status);
  }

  @Override
  public HttpResponseMessage.Builder createResponseBuilder(HttpStatusType status) {
    return new WorkerResponse(status);
  }
}

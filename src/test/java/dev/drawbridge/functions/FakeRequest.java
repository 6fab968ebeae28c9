package dev.drawbridge.functions;

import com.microsoft.azure.functions.HttpMethod;
import com.microsoft.azure.functions.HttpRequestMessage;
import com.microsoft.azure.functions.HttpResponseMessage;
import com.microsoft.azure.functions.HttpStatus;
import com.microsoft.azure.functions.HttpStatusType;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** A request as the Functions worker hands it over: header names in lower case. */
record FakeRequest(URI uri, Map<String, String> headers, Optional<String> body, HttpMethod method)
    implements HttpRequestMessage<Optional<String>> {

  FakeRequest(URI uri, Map<String, String> headers, Optional<String> body) {
    this(uri, headers, body, HttpMethod.POST);
  }

  static FakeRequest json(String body) {
    return new FakeRequest(
        URI.create("https://drawbridge.azurewebsites.net/api/peerings?code=key"),
        Map.of("content-type", "application/json"),
        Optional.of(body));
  }

  FakeRequest with(String header, String value) {
    Map<String, String> more = new LinkedHashMap<>(headers);
    more.put(header, value);
    return new FakeRequest(uri, more, body, method);
  }

  FakeRequest at(String address) {
    return new FakeRequest(URI.create(address), headers, body, method);
  }

  FakeRequest by(HttpMethod other) {
    return new FakeRequest(uri, headers, body, other);
  }

  @Override
  public URI getUri() {
    return uri;
  }

  @Override
  public HttpMethod getHttpMethod() {
    return method;
  }

  @Override
  public Map<String, String> getHeaders() {
    return headers;
  }

  @Override
  public Map<String, String> getQueryParameters() {
    return Map.of();
  }

  @Override
  public Optional<String> getBody() {
    return body;
  }

  @Override
  public HttpResponseMessage.Builder createResponseBuilder(HttpStatus status) {
    return new Answer().status(status);
  }

  @Override
  public HttpResponseMessage.Builder createResponseBuilder(HttpStatusType status) {
    return new Answer().status(status);
  }

  private static final class Answer implements HttpResponseMessage, HttpResponseMessage.Builder {
    private final Map<String, String> headers = new LinkedHashMap<>();
    private HttpStatusType status = HttpStatus.OK;
    private Object body = "";

    @Override
    public Answer status(HttpStatusType given) {
      status = given;
      return this;
    }

    @Override
    public Answer header(String name, String value) {
      headers.put(name.toLowerCase(Locale.ROOT), value);
      return this;
    }

    @Override
    public Answer body(Object given) {
      body = given;
      return this;
    }

    @Override
    public HttpResponseMessage build() {
      return this;
    }

    @Override
    public HttpStatusType getStatus() {
      return status;
    }

    @Override
    public String getHeader(String name) {
      return headers.getOrDefault(name.toLowerCase(Locale.ROOT), "");
    }

    @Override
    public Object getBody() {
      return body;
    }
  }
}

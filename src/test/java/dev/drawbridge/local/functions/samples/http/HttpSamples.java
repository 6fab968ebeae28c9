package dev.drawbridge.local.functions.samples.http;

import com.microsoft.azure.functions.ExecutionContext;
import com.microsoft.azure.functions.HttpMethod;
import com.microsoft.azure.functions.HttpRequestMessage;
import com.microsoft.azure.functions.HttpResponseMessage;
import com.microsoft.azure.functions.HttpStatus;
import com.microsoft.azure.functions.HttpStatusType;
import com.microsoft.azure.functions.annotation.AuthorizationLevel;
import com.microsoft.azure.functions.annotation.BindingName;
import com.microsoft.azure.functions.annotation.FunctionName;
import com.microsoft.azure.functions.annotation.HttpTrigger;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** HTTP functions that answer with what they were given. */
public final class HttpSamples {
  /** Serialised by its fields, and without nulls, as the worker does. */
  static final class Answer {
    final String uri;
    final String method;
    final Map<String, String> headers;
    final Map<String, String> query;
    final @Nullable String body;
    final String traceparent;

    Answer(HttpRequestMessage<?> request, @Nullable String body, ExecutionContext context) {
      this.uri = request.getUri().toString();
      this.method = request.getHttpMethod().name();
      this.headers = new TreeMap<>(request.getHeaders());
      this.query = new TreeMap<>(request.getQueryParameters());
      this.body = body;
      this.traceparent = context.getTraceContext().getTraceparent();
    }
  }

  @FunctionName("Echo")
  public HttpResponseMessage echo(
      @HttpTrigger(name = "request") HttpRequestMessage<Optional<String>> request,
      ExecutionContext context) {
    Answer answer = new Answer(request, request.getBody().orElse(null), context);
    return request.createResponseBuilder(HttpStatus.OK).body(answer).build();
  }

  @FunctionName("GetOrder")
  public HttpResponseMessage order(
      @HttpTrigger(
              name = "request",
              methods = {HttpMethod.GET, HttpMethod.POST},
              route = "orders/{id:guid}/{line:int?}")
          HttpRequestMessage<Optional<String>> request,
      @BindingName("id") String id) {
    return request.createResponseBuilder(HttpStatus.OK).body(id).build();
  }

  @FunctionName("GetLine")
  public HttpResponseMessage line(
      @HttpTrigger(
              name = "request",
              methods = HttpMethod.GET,
              route = "lines/{line?}",
              authLevel = AuthorizationLevel.ANONYMOUS)
          HttpRequestMessage<String> request,
      @BindingName("line") int line) {
    return request.createResponseBuilder(HttpStatus.OK).body(line + 1).build();
  }

  @FunctionName("GetName")
  public String name(
      @HttpTrigger(name = "request", methods = HttpMethod.GET, route = "names/{name}")
          HttpRequestMessage<Optional<String>> request,
      @BindingName("name") String name) {
    return name;
  }

  @FunctionName("Reverse")
  public HttpResponseMessage reverse(
      @HttpTrigger(name = "request", methods = HttpMethod.POST)
          HttpRequestMessage<Optional<byte[]>> request) {
    byte[] body = request.getBody().orElse(new byte[0]);
    byte[] reversed = new byte[body.length];
    for (int i = 0; i < body.length; i++) {
      reversed[i] = body[body.length - 1 - i];
    }
    return request.createResponseBuilder(HttpStatus.OK).body(reversed).build();
  }

  @FunctionName("Length")
  public HttpResponseMessage length(
      @HttpTrigger(name = "request", methods = HttpMethod.POST)
          HttpRequestMessage<String> request) {
    return request
        .createResponseBuilder(HttpStatusType.custom(418))
        .header("X-Length", String.valueOf(request.getBody().length()))
        .header("Content-Type", "text/teapot")
        .body("")
        .build();
  }

  @FunctionName("Fail")
  public HttpResponseMessage fail(
      @HttpTrigger(name = "request", methods = HttpMethod.GET, route = "fail/{how}")
          HttpRequestMessage<Optional<String>> request,
      @BindingName("how") String how,
      ExecutionContext context) {
    context.getLogger().info("About to fail\nby " + how);
    return switch (how) {
      case "exception" -> throw new IllegalStateException("secret detail");
      case "error" -> throw new AssertionError("worse");
      case "header" ->
          request
              .createResponseBuilder(HttpStatus.OK)
              .header("X-Bad", "a\r\nSet-Cookie: b")
              .build();
      default -> request.createResponseBuilder(HttpStatus.NO_CONTENT).build();
    };
  }

  @FunctionName("Nothing")
  public void nothing(
      @HttpTrigger(name = "request", methods = HttpMethod.POST)
          HttpRequestMessage<Optional<String>> request) {}

  @FunctionName("Admin")
  public String admin(
      @HttpTrigger(
              name = "request",
              methods = HttpMethod.GET,
              route = "master-only",
              authLevel = AuthorizationLevel.ADMIN)
          HttpRequestMessage<Optional<String>> request) {
    return "admin";
  }
}

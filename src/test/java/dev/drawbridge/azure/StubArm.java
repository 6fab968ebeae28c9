package dev.drawbridge.azure;

import com.azure.core.http.HttpClient;
import com.azure.core.http.HttpHeaderName;
import com.azure.core.http.HttpHeaders;
import com.azure.core.http.HttpPipelineBuilder;
import com.azure.core.http.HttpRequest;
import com.azure.core.http.HttpResponse;
import com.azure.core.util.BinaryData;
import com.azure.core.util.Context;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Resource Manager as a list of answers; what it has none for does not exist. */
final class StubArm implements HttpClient {
  final List<String> calls = new ArrayList<>();
  private final Map<String, HttpResponse> answers = new HashMap<>();
  private HttpResponse otherwise = response(404, "", Map.of());

  /** The answer to all calls of a path, whatever the api-version. */
  void answer(String path, int status, String body) {
    answers.put(path, response(status, body, Map.of()));
  }

  /** The answer to all calls of other paths. */
  void answerOthers(int status, String body) {
    otherwise = response(status, body, Map.of());
  }

  ArmRest rest() {
    return new ArmRest(
        new HttpPipelineBuilder().httpClient(this).build(), URI.create("https://arm.example/"));
  }

  static HttpResponse response(int status, String body, Map<String, String> headers) {
    HttpHeaders all = new HttpHeaders();
    headers.forEach((name, value) -> all.set(HttpHeaderName.fromString(name), value));
    return new Answer(status, all, body.getBytes(StandardCharsets.UTF_8));
  }

  @Override
  public Mono<HttpResponse> send(HttpRequest request) {
    return Mono.fromSupplier(() -> sendSync(request, Context.NONE));
  }

  @Override
  public HttpResponse sendSync(HttpRequest request, Context context) {
    BinaryData body = request.getBodyAsBinaryData();
    calls.add(
        "%s %s%s"
            .formatted(
                request.getHttpMethod(),
                request.getUrl().getFile(),
                body == null ? "" : " " + body));
    return answers.getOrDefault(request.getUrl().getPath(), otherwise);
  }

  private static final class Answer extends HttpResponse {
    private final int status;
    private final HttpHeaders headers;
    private final byte[] body;

    Answer(int status, HttpHeaders headers, byte[] body) {
      super(new HttpRequest(com.azure.core.http.HttpMethod.GET, "https://arm.example/"));
      this.status = status;
      this.headers = headers;
      this.body = body;
    }

    @Override
    public int getStatusCode() {
      return status;
    }

    @Override
    @SuppressWarnings({"deprecation", "InlineMeSuggester"})
    public String getHeaderValue(String name) {
      return headers.getValue(HttpHeaderName.fromString(name));
    }

    @Override
    public HttpHeaders getHeaders() {
      return headers;
    }

    @Override
    public Flux<ByteBuffer> getBody() {
      return Flux.just(ByteBuffer.wrap(body));
    }

    @Override
    public Mono<byte[]> getBodyAsByteArray() {
      return Mono.just(body);
    }

    @Override
    public Mono<String> getBodyAsString() {
      return getBodyAsString(StandardCharsets.UTF_8);
    }

    @Override
    public Mono<String> getBodyAsString(Charset charset) {
      return Mono.just(new String(body, charset));
    }

    @Override
    public BinaryData getBodyAsBinaryData() {
      return BinaryData.fromBytes(body);
    }
  }
}

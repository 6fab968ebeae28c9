package dev.drawbridge.local.tickets;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;

/** A client of one of the systems, signed in by HTTP Basic. */
final class Caller {
  private static final HttpClient CLIENT = HttpClient.newHttpClient();
  private static final ObjectMapper JSON = new ObjectMapper();

  record Answer(int status, HttpHeaders headers, JsonNode body) {
    String text(String pointer) {
      return body.at(pointer).asText();
    }

    String header(String name) {
      return headers.firstValue(name).orElse("");
    }
  }

  private final URI uri;
  private final String authorization;
  private final String contentType;

  private Caller(URI uri, String authorization, String contentType) {
    this.uri = uri;
    this.authorization = authorization;
    this.contentType = contentType;
  }

  Caller(TicketSystem system, String user, String secret) {
    this(
        system.uri(),
        "Basic "
            + Base64.getEncoder()
                .encodeToString((user + ":" + secret).getBytes(StandardCharsets.UTF_8)),
        "application/json");
  }

  static Caller zendesk(LocalTickets tickets) {
    return new Caller(tickets.zendesk(), "drawbridge@contoso.example/token", "local-zendesk-token");
  }

  static Caller jira(LocalTickets tickets) {
    return new Caller(tickets.jira(), "drawbridge@contoso.example", "local-jira-token");
  }

  static Caller serviceNow(LocalTickets tickets) {
    return new Caller(tickets.serviceNow(), "drawbridge", "local-servicenow-password");
  }

  Caller sending(String otherContentType) {
    return new Caller(uri, authorization, otherContentType);
  }

  Answer get(String pathOrUri) throws IOException, InterruptedException {
    return send(request(pathOrUri).GET().build());
  }

  Answer send(String method, String path, String body) throws IOException, InterruptedException {
    return send(request(method, path, body));
  }

  HttpRequest request(String method, String path, String body) {
    return request(path).method(method, HttpRequest.BodyPublishers.ofString(body)).build();
  }

  static Answer send(HttpRequest request) throws IOException, InterruptedException {
    HttpResponse<String> answer = CLIENT.send(request, HttpResponse.BodyHandlers.ofString());
    return new Answer(answer.statusCode(), answer.headers(), JSON.readTree(answer.body()));
  }

  private HttpRequest.Builder request(String pathOrUri) {
    return HttpRequest.newBuilder(uri.resolve(pathOrUri))
        .timeout(Duration.ofSeconds(20))
        .header("Authorization", authorization)
        .header("Content-Type", contentType);
  }
}

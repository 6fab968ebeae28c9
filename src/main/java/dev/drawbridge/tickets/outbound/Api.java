package dev.drawbridge.tickets.outbound;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.drawbridge.access.OneLine;
import dev.drawbridge.access.port.PassingFault;
import dev.drawbridge.tickets.outbound.Http.Answer;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;

/** A ticketing system's JSON API, called with an account of ours. */
final class Api {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int LONGEST_EXCERPT = 300;

  private final String system;
  private final URI base;
  private final String user;
  private final String secret;
  private final Http http;

  /**
   * @param system the name that the settings give it
   * @param user who calls, for basic authentication with the secret
   */
  Api(String system, URI base, String user, String secret, Http http) {
    this.system = system;
    this.base = base;
    this.user = user;
    this.secret = secret;
    this.http = http;
  }

  static ObjectNode object() {
    return JsonNodeFactory.instance.objectNode();
  }

  /** A part of a path or of a query, which nothing in it can leave. */
  static String encoded(String part) {
    return URLEncoder.encode(part, StandardCharsets.UTF_8).replace("+", "%20");
  }

  JsonNode get(String path) {
    return send("GET", path, "");
  }

  /** Its answer is read, too: a page in place of JSON comes from something in between. */
  JsonNode send(String method, String path, JsonNode body) {
    return send(method, path, body.toString());
  }

  private JsonNode send(String method, String path, String body) {
    Map<String, String> headers =
        Map.of(
            "Authorization",
            "Basic " + basic(),
            "Accept",
            "application/json",
            "Content-Type",
            "application/json");
    URI uri = URI.create(base.toString().replaceFirst("/+$", "") + path);
    Answer answer = http.send(method, uri, headers, body);
    Refusals.checkTicket(system, answer, excerpt(answer.body()));
    try {
      JsonNode read = JSON.readTree(answer.body());
      if (read.isObject()) {
        return read;
      }
    } catch (JsonProcessingException e) {
      // Told without its message, which repeats what was read.
    }
    throw new PassingFault(
        "unreadableAnswer",
        "%s answers %d, but no JSON object. Check its url in TICKETS, and that it is up."
            .formatted(system, answer.status()),
        Optional.empty(),
        !method.equals("GET"));
  }

  private String basic() {
    return Base64.getEncoder()
        .encodeToString((user + ":" + secret).getBytes(StandardCharsets.UTF_8));
  }

  /** What the system says of it, without what it may repeat of the call. */
  private String excerpt(String body) {
    String told = body.replace(secret, "…").replace(basic(), "…");
    return told.stripLeading().startsWith("<")
        ? "" // a page for people says nothing at this length
        : OneLine.cut(OneLine.of(told), LONGEST_EXCERPT);
  }
}

package dev.drawbridge.local.tables;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.Headers;
import dev.drawbridge.local.LocalClock;
import dev.drawbridge.local.http.Request;
import dev.drawbridge.local.http.Response;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Instant;

/** The API without a socket: signed requests in, responses out. It has a table, {@code people}. */
final class TableApiFixture {
  static final String BATCH_TYPE = "multipart/mixed; boundary=batch_1";
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final SharedKey KEY = new SharedKey(Account.NAME, Account.KEY);

  final LocalClock clock = LocalClock.standingAt(Instant.parse("2026-11-24T08:00:00Z"));
  private final TableApi api =
      new TableApi(new TableStore(clock), new Access(KEY, "good-token"::equals), clock);

  TableApiFixture() {
    call("POST", "/Tables", "{\"TableName\": \"people\"}");
  }

  /**
   * Calls the API.
   *
   * @param path below the account's
   * @param headers names and values in turn; Authorization is added if it is not among them
   */
  Response call(String method, String path, String body, String... headers) {
    URI uri = URI.create("/" + Account.NAME + path);
    Headers all = new Headers();
    all.set("Host", "127.0.0.1:10002");
    all.set("x-ms-date", "Tue, 24 Nov 2026 08:00:00 GMT");
    for (int i = 0; i < headers.length; i += 2) {
      all.set(headers[i], headers[i + 1]);
    }
    if (!all.containsKey("Authorization")) {
      String signed = all.getFirst("x-ms-date") + "\n/" + Account.NAME + uri.getRawPath();
      all.set("Authorization", "SharedKeyLite " + Account.NAME + ":" + KEY.sign(signed));
    }
    return api.handle(new Request(method, uri, all, body.getBytes(StandardCharsets.UTF_8)));
  }

  Response unsigned(String method, String path, Headers headers) {
    return api.handle(
        new Request(method, URI.create("/" + Account.NAME + path), headers, new byte[0]));
  }

  /** Inserts an entity with the keys p and r. */
  Response insert(String properties, String... headers) {
    return call(
        "POST",
        "/people",
        "{\"PartitionKey\": \"p\", \"RowKey\": \"r\"" + properties + "}",
        headers);
  }

  JsonNode stored() {
    return json(call("GET", "/people(PartitionKey='p',RowKey='r')", ""));
  }

  static JsonNode json(Response response) {
    try {
      return JSON.readTree(text(response));
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException(e);
    }
  }

  static String text(Response response) {
    return new String(response.body(), StandardCharsets.UTF_8);
  }

  /** The status and the error's code. */
  static String error(Response response) {
    return response.status() + " " + json(response).path("odata.error").path("code").asText();
  }
}

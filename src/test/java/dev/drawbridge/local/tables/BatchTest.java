package dev.drawbridge.local.tables;

import static dev.drawbridge.local.tables.TableApiFixture.BATCH_TYPE;
import static dev.drawbridge.local.tables.TableApiFixture.error;
import static dev.drawbridge.local.tables.TableApiFixture.text;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.drawbridge.local.http.Response;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Batches that the SDK doesn't send. */
class BatchTest {
  private static final String PUT =
      "PUT http://127.0.0.1:10002/devstoreaccount1/people(PartitionKey='p',RowKey='%s') HTTP/1.1";
  private static final String INSERT =
      "POST http://127.0.0.1:10002/devstoreaccount1/people HTTP/1.1";

  private final TableApiFixture api = new TableApiFixture();

  private static String operation(String requestLine, String body) {
    return "Content-Type: application/http\r\nContent-Transfer-Encoding: binary\r\n\r\n"
        + requestLine
        + "\r\nContent-Type: application/json\r\n\r\n"
        + body;
  }

  private static String batch(List<String> operations) {
    StringBuilder out = new StringBuilder();
    out.append("--batch_1\r\nContent-Type: multipart/mixed; boundary=changeset_1\r\n\r\n");
    operations.forEach(part -> out.append("--changeset_1\r\n").append(part).append("\r\n"));
    return out.append("--changeset_1--\r\n--batch_1--\r\n").toString();
  }

  private Response send(String body) {
    return api.call("POST", "/$batch", body, "Content-Type", BATCH_TYPE);
  }

  @Test
  void run_whenInsertIsEchoed_thenItsBodyIsInTheAnswer() {
    Response response =
        send(
            batch(
                List.of(
                    operation(INSERT, "{\"PartitionKey\": \"p\", \"RowKey\": \"r\", \"A\": 1}"),
                    operation(PUT.formatted("s"), "{}"))));

    assertEquals(202, response.status());
    assertTrue(text(response).contains("HTTP/1.1 201 Created"), text(response));
    assertTrue(text(response).contains("HTTP/1.1 204 No Content"), text(response));
    assertEquals(1, api.stored().path("A").intValue());
  }

  @Test
  void run_whenOneIsUnreadable_thenItsIndexAndNothingIsDone() {
    Response response =
        send(
            batch(
                List.of(operation(PUT.formatted("r"), "{}"), operation(PUT.formatted("s"), "no"))));

    assertEquals(202, response.status());
    assertTrue(text(response).contains("HTTP/1.1 400 Bad Request"), text(response));
    assertTrue(text(response).contains("\"1:The body is not JSON"), text(response));
    assertTrue(api.stored().has("odata.error"));
  }

  @Test
  void run_whenTwoTables_thenInvalidInput() {
    api.call("POST", "/Tables", "{\"TableName\": \"others\"}");

    Response response =
        send(
            batch(
                List.of(
                    operation(PUT.formatted("r"), "{}"),
                    operation(PUT.formatted("s").replace("people", "others"), "{}"))));

    assertTrue(text(response).contains("InvalidInput"), text(response));
    assertTrue(api.stored().has("odata.error"));
  }

  @Test
  void run_whenARead_thenRefused() {
    String read = INSERT.replace("POST", "GET");

    assertTrue(text(send(batch(List.of(operation(read, ""))))).contains("MethodNotAllowed"));
    assertEquals(
        "501 NotImplemented",
        error(send("--batch_1\r\n" + operation(read, "") + "\r\n--batch_1--")));
  }

  @Test
  void run_whenOver4MiB_thenContentLengthExceeded() {
    assertEquals("400 ContentLengthExceeded", error(send("x".repeat(4 * 1024 * 1024 + 1))));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "x",
        "--batch_1",
        "--batch_1--",
        "--batch_1\r\n\r\n--batch_1--",
        "--batch_1\r\nContent-Type: multipart/mixed\r\n\r\n--changeset_1--\r\n--batch_1--",
        "--batch_1\r\nContent-Type: multipart/mixed; boundary=c\r\n\r\n\r\n--batch_1--",
      })
  void run_whenMalformed_thenInvalidInput(String body) {
    assertEquals("400 InvalidInput", error(send(body)));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "x",
        "Content-Type: text/plain\r\n\r\nx",
        "Content-Type: application/http\r\n\r\n",
        "Content-Type: application/http\r\n\r\nPUT",
        "Content-Type: application/http\r\n\r\nPUT /x HTTP/1.1",
        "Content-Type: application/http\r\n\r\nPUT\r\n\r\n",
        "Content-Type: application/http\r\n\r\nPUT :// HTTP/1.1\r\n\r\n",
      })
  void run_whenAnOperationIsMalformed_thenInvalidInput(String part) {
    assertEquals("400 InvalidInput", error(send(batch(List.of(part)))));
  }

  @Test
  void run_whenEmpty_thenInvalidInput() {
    assertEquals("400 InvalidInput", error(send(batch(List.of()))));
  }

  @Test
  void run_whenBoundaryIsMissing_thenInvalidInput() {
    Response response =
        api.call("POST", "/$batch", batch(List.of()), "Content-Type", "multipart/mixed");

    assertEquals("400 InvalidInput", error(response));
    assertFalse(text(response).contains("Exception"), text(response));
  }
}

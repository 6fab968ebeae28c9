package dev.drawbridge.local.tables;

import static dev.drawbridge.local.tables.TableApiFixture.error;
import static dev.drawbridge.local.tables.TableApiFixture.json;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.Headers;
import dev.drawbridge.local.http.Response;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the SDK doesn't send or show. */
class TableApiTest {
  private static final String ROW = "/people(PartitionKey='p',RowKey='r')";
  private static final String BASE = "http://127.0.0.1:10002/devstoreaccount1";

  private final TableApiFixture api = new TableApiFixture();

  @Test
  void insert_whenNothingIsPreferred_thenEchoedWithItsLocation() {
    Response response = api.insert(", \"A\": 1");

    assertEquals(201, response.status());
    assertEquals(1, json(response).path("A").intValue());
    assertEquals(BASE + ROW, response.headers().get("Location"));
    assertEquals(json(response).path("odata.etag").asText(), response.headers().get("ETag"));
  }

  @Test
  void insert_whenNoContentIsPreferred_thenOnlyHeaders() {
    Response response = api.insert("", "Prefer", "return-no-content");

    assertEquals(204, response.status());
    assertEquals(0, response.body().length);
    assertEquals("return-no-content", response.headers().get("Preference-Applied"));
    assertEquals(
        "W/\"datetime'2026-11-24T08%3A00%3A00.0000000Z'\"", response.headers().get("ETag"));
  }

  @Test
  void get_whenMetadataIsAskedFor_thenAsMuchAsThat() {
    api.insert(", \"L\": \"7\", \"L@odata.type\": \"Edm.Int64\", \"D\": 5.0");

    JsonNode none = json(api.call("GET", ROW, "", "Accept", "application/json;odata=nometadata"));
    JsonNode minimal = json(api.call("GET", ROW, ""));
    JsonNode full = json(api.call("GET", ROW + "?$format=application/json;odata=fullmetadata", ""));

    assertEquals("7", none.path("L").textValue());
    assertFalse(none.toString().contains("odata"), none.toString());
    assertEquals("Edm.Int64", minimal.path("L@odata.type").asText());
    assertEquals(BASE + "/$metadata#people/@Element", minimal.path("odata.metadata").asText());
    assertFalse(minimal.has("odata.id"));
    assertFalse(minimal.has("Timestamp@odata.type"));
    assertTrue(minimal.path("D").isDouble());
    assertEquals(BASE + ROW, full.path("odata.id").asText());
    assertEquals("Edm.DateTime", full.path("Timestamp@odata.type").asText());
    assertEquals("2026-11-24T08:00:00.0000000Z", full.path("Timestamp").asText());
  }

  @Test
  void write_whenTheClockStands_thenStillANewEtag() {
    api.insert("");
    String first = api.stored().path("odata.etag").asText();
    String second = api.call("PUT", ROW, "{}").headers().getOrDefault("ETag", "");
    api.clock.advance(Duration.ofMinutes(5));
    api.call("PUT", ROW, "{}");

    assertNotEquals(first, second);
    assertEquals("2026-11-24T08:05:00.0000000Z", api.stored().path("Timestamp").asText());
  }

  @ParameterizedTest
  @CsvSource({"PATCH,", "MERGE,", "POST,MERGE", "POST,PATCH"})
  void merge_whenSaidInWhicheverWay_thenMerged(String method, String override) {
    api.insert(", \"A\": 1");

    Response response =
        override == null
            ? api.call(method, ROW, "{\"B\": 2}")
            : api.call(method, ROW, "{\"B\": 2}", "X-HTTP-Method", override);

    assertEquals(204, response.status());
    assertEquals(1, api.stored().path("A").intValue());
    assertEquals(2, api.stored().path("B").intValue());
  }

  @Test
  void merge_whenItWouldExceedALimit_thenRefusedAndUnchanged() {
    StringBuilder properties = new StringBuilder();
    for (int i = 0; i < 252; i++) {
      properties.append(", \"P").append(i).append("\": 1");
    }
    api.insert(properties.toString());

    assertEquals("400 TooManyProperties", error(api.call("MERGE", ROW, "{\"More\": 1}")));
    assertFalse(api.stored().has("More"));
  }

  @Test
  void method_whenOverriddenInAnotherThanPost_thenRefused() {
    assertEquals(
        "400 XMethodNotUsingPost", error(api.call("GET", ROW, "", "X-HTTP-Method", "MERGE")));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ' ',
      value = {
        "POST /people(PartitionKey='p',RowKey='r')",
        "PUT /people",
        "DELETE /people",
        "HEAD /people",
        "PUT /Tables",
        "PUT /Tables('people')",
        "GET /$batch",
      })
  void method_whenNoneOfTheResource_thenMethodNotAllowed(String method, String path) {
    assertEquals("405 MethodNotAllowed", error(api.call(method, path, "{}")));
  }

  @Test
  void delete_whenNoCondition_thenMissingRequiredHeader() {
    api.insert("");

    assertEquals("400 MissingRequiredHeader", error(api.call("DELETE", ROW, "")));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "x", "W/\"a\", W/\"b\"", "W/\"datetime'x'", "**"})
  void condition_whenNoEtag_thenInvalidInput(String etag) {
    api.insert("");

    assertEquals("400 InvalidInput", error(api.call("PUT", ROW, "{}", "If-Match", etag)));
  }

  @Test
  void get_whenNoTable_thenTableNotFound() {
    assertEquals("404 TableNotFound", error(api.call("GET", ROW.replace("people", "nobody"), "")));
  }

  @Test
  void get_whenATable_thenItsNameAsCreated() {
    assertEquals(
        "people", json(api.call("GET", "/Tables('PEOPLE')", "")).path("TableName").asText());
    assertEquals("404 ResourceNotFound", error(api.call("GET", "/Tables('nobody')", "")));
  }

  @ParameterizedTest
  @ValueSource(strings = {"0", "-1", "1001", "x", ""})
  void query_whenTopIsOutOfRange_thenInvalidInput(String top) {
    assertEquals("400 InvalidInput", error(api.call("GET", "/people?$top=" + top, "")));
  }

  @ParameterizedTest
  @ValueSource(strings = {"x", "1!4!YWJ", "1!!", "1!4!****", "2!0!", "1!4"})
  void query_whenTokenIsForged_thenInvalidInput(String token) {
    assertEquals(
        "400 InvalidInput",
        error(api.call("GET", "/people?NextPartitionKey=" + token + "&NextRowKey=1!0!", "")));
  }

  @ParameterizedTest
  @ValueSource(strings = {"/people?comp=acl", "/?restype=service&comp=properties"})
  void call_whenOfAnOperationThatIsNotThere_thenNotImplemented(String path) {
    assertEquals(
        "501 NotImplemented",
        error(api.call("GET", path, "", "Authorization", "Bearer good-token")));
  }

  @Test
  void error_whenAny_thenInTheServicesEnvelope() {
    Response response = api.call("GET", ROW, "", "x-ms-client-request-id", "mine");

    JsonNode error = json(response).path("odata.error");
    assertEquals("ResourceNotFound", error.path("code").asText());
    assertEquals("en-US", error.path("message").path("lang").asText());
    assertEquals(
        "The specified resource does not exist.\nRequestId:"
            + response.headers().get("x-ms-request-id")
            + "\nTime:2026-11-24T08:00:00.0000000Z",
        error.path("message").path("value").asText());
    assertEquals("ResourceNotFound", response.headers().get("x-ms-error-code"));
    assertEquals("mine", response.headers().get("x-ms-client-request-id"));
  }

  @Test
  void access_whenUnsigned_thenNoAuthenticationInformation() {
    Response response = api.unsigned("GET", "/people", new Headers());

    assertEquals("401 NoAuthenticationInformation", error(response));
    assertTrue(response.headers().containsKey("WWW-Authenticate"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "SharedKeyLite devstoreaccount1:AAAA",
        "Bearer bad-token",
        "Bearer ",
        "Basic good-token"
      })
  void access_whenNotAccepted_thenAuthenticationFailed(String authorization) {
    Response response = api.call("GET", "/people", "", "Authorization", authorization);

    assertEquals("403 AuthenticationFailed", error(response));
  }

  @Test
  void access_whenTokenIsAccepted_thenAnswered() {
    assertEquals(
        200, api.call("GET", "/people", "", "Authorization", "Bearer good-token").status());
  }
}

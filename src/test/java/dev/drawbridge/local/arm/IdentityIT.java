package dev.drawbridge.local.arm;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.azure.core.credential.TokenRequestContext;
import com.azure.core.exception.ClientAuthenticationException;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Base64;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class IdentityIT {
  private static final String ARM_SCOPE = "https://management.azure.com/.default";

  @RegisterExtension final ArmFixture azure = new ArmFixture();

  @Test
  void managedIdentityCredential_whenToldByItsEnvironment_thenGetsATokenThatArmAccepts()
      throws IOException, InterruptedException {
    String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    String classPath =
        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
    ProcessBuilder child =
        new ProcessBuilder(java, "-cp", classPath, ManagedIdentityProbe.class.getName(), ARM_SCOPE)
            .redirectError(ProcessBuilder.Redirect.DISCARD);
    child.environment().put("IDENTITY_ENDPOINT", azure.arm.identityEndpoint().toString());
    child.environment().put("IDENTITY_HEADER", azure.arm.identityHeader());

    Process process = child.start();
    String token =
        new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
    assertTrue(process.waitFor(60, TimeUnit.SECONDS));

    assertEquals(0, process.exitValue());
    JsonNode claims = claims(token);
    assertEquals(SampleWorld.DRAWBRIDGE_OBJECT_ID, claims.path("oid").asText());
    assertEquals(SampleWorld.DRAWBRIDGE_CLIENT_ID, claims.path("appid").asText());
    assertEquals(SampleWorld.TENANT, claims.path("tid").asText());
    assertEquals(
        200, azure.get(SampleWorld.VNET_ID + "?api-version=2025-03-01", token).statusCode());
  }

  @Test
  void managedIdentityTokens_whenHeaderIsWrong_thenRefused() {
    ManagedIdentityTokens wrong =
        new ManagedIdentityTokens(azure.arm.identityEndpoint(), "a guess");

    ClientAuthenticationException e =
        assertThrows(
            ClientAuthenticationException.class,
            () -> wrong.getTokenSync(new TokenRequestContext().addScopes(ARM_SCOPE)));
    assertTrue(String.valueOf(e.getMessage()).contains("401"));
  }

  @ParameterizedTest
  @CsvSource({
    "api-version=2019-08-01&resource=r&client_id=" + SampleWorld.DRAWBRIDGE_CLIENT_ID + ", 200",
    "api-version=2019-08-01&resource=r&client_id=" + SampleWorld.STRANGER_CLIENT_ID + ", 400",
    "api-version=2019-08-01, 400",
    "api-version=2018-02-01&resource=r, 400",
  })
  void managedIdentity_whenAsked_thenOnlyForAnIdentityThatIsThere(String query, int status) {
    HttpResponse<String> response =
        ArmFixture.send(
            HttpRequest.newBuilder(URI.create(azure.arm.identityEndpoint() + "?" + query))
                .header("X-IDENTITY-HEADER", azure.arm.identityHeader()));

    assertEquals(status, response.statusCode());
  }

  @ParameterizedTest
  @CsvSource({
    "{tenant}, client_credentials, {stranger}, the-strangers-secret, " + ARM_SCOPE + ", 200, 0",
    "elsewhere, client_credentials, {stranger}, the-strangers-secret, "
        + ARM_SCOPE
        + ", 400, 90002",
    "{tenant}, password, {stranger}, the-strangers-secret, " + ARM_SCOPE + ", 400, 70003",
    "{tenant}, client_credentials, {stranger}, wrong, " + ARM_SCOPE + ", 401, 7000215",
    "{tenant}, client_credentials, {astro}, the-vendors-own-secret, "
        + ARM_SCOPE
        + ", 401, 7000229",
    "{tenant}, client_credentials, nobody, x, " + ARM_SCOPE + ", 400, 700016",
    "{tenant}, client_credentials, {stranger}, the-strangers-secret, openid, 400, 1002012",
  })
  void clientCredentials_whenAsked_thenTokenOrEntrasError(
      String tenant, String grant, String id, String secret, String scope, int status, int code) {
    String form =
        "grant_type=%s&client_id=%s&client_secret=%s&scope=%s"
            .formatted(
                grant,
                id.replace("{stranger}", SampleWorld.STRANGER_CLIENT_ID)
                    .replace("{astro}", SampleWorld.ASTRONOMER_CLIENT_ID),
                secret,
                scope);
    URI endpoint =
        azure
            .arm
            .armEndpoint()
            .resolve("/" + tenant.replace("{tenant}", SampleWorld.TENANT) + "/oauth2/v2.0/token");

    HttpResponse<String> response =
        ArmFixture.send(HttpRequest.newBuilder(endpoint).POST(BodyPublishers.ofString(form)));

    assertEquals(status, response.statusCode());
    assertEquals(code, ArmFixture.json(response).path("error_codes").path(0).asInt());
  }

  private static JsonNode claims(String token) {
    byte[] payload = Base64.getUrlDecoder().decode(token.split("\\.", -1)[1]);
    return Json.parseObject(new String(payload, StandardCharsets.UTF_8)).orElseThrow();
  }
}

package dev.drawbridge.functions;

import com.microsoft.azure.functions.ExecutionContext;
import com.microsoft.azure.functions.HttpMethod;
import com.microsoft.azure.functions.HttpRequestMessage;
import com.microsoft.azure.functions.HttpResponseMessage;
import com.microsoft.azure.functions.HttpStatus;
import com.microsoft.azure.functions.annotation.AuthorizationLevel;
import com.microsoft.azure.functions.annotation.FunctionName;
import com.microsoft.azure.functions.annotation.HttpTrigger;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;

/**
 * {@code GET /api/openapi.yaml}: the API's description. Needs no key.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc9512">RFC 9512, the YAML media type</a>
 */
public final class OpenApi {
  private static final String RESOURCE = "/openapi.yaml";

  private final String document;
  private final String etag;

  public OpenApi() {
    byte[] bytes = read();
    document = new String(bytes, StandardCharsets.UTF_8);
    etag = "\"%s\"".formatted(hash(bytes));
  }

  @FunctionName("OpenApi")
  public HttpResponseMessage run(
      @HttpTrigger(
              name = "request",
              methods = HttpMethod.GET,
              authLevel = AuthorizationLevel.ANONYMOUS,
              route = "openapi.yaml")
          HttpRequestMessage<Optional<String>> request,
      ExecutionContext context) {
    boolean known = isKnown(request.getHeaders().getOrDefault("if-none-match", ""));
    HttpResponseMessage.Builder answer =
        request
            .createResponseBuilder(known ? HttpStatus.NOT_MODIFIED : HttpStatus.OK)
            .header("ETag", etag)
            .header("Cache-Control", "public, max-age=300");
    return known
        ? answer.build()
        : answer.header("Content-Type", "application/yaml").body(document).build();
  }

  /** Compared weakly, as RFC 9110, section 13.1.2, has it for If-None-Match. */
  private boolean isKnown(String ifNoneMatch) {
    return Arrays.stream(ifNoneMatch.split(",", -1))
        .map(String::strip)
        .anyMatch(tag -> tag.equals("*") || tag.equals(etag) || tag.equals("W/" + etag));
  }

  private static byte[] read() {
    try (InputStream resource = OpenApi.class.getResourceAsStream(RESOURCE)) {
      if (resource == null) {
        throw new IllegalStateException(RESOURCE + " is not in the app's jar");
      }
      return resource.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(RESOURCE, e);
    }
  }

  private static String hash(byte[] bytes) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("Every Java platform has SHA-256", e);
    }
  }
}

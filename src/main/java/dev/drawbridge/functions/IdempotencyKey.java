package dev.drawbridge.functions;

import com.microsoft.azure.functions.HttpRequestMessage;
import com.microsoft.azure.functions.HttpStatus;
import java.util.Optional;

/**
 * The Idempotency-Key header: a quoted string, whose quotes may be missing.
 *
 * @see <a
 *     href="https://datatracker.ietf.org/doc/draft-ietf-httpapi-idempotency-key-header/">draft-ietf-httpapi-idempotency-key-header</a>
 */
final class IdempotencyKey {
  private IdempotencyKey() {}

  static Optional<String> of(HttpRequestMessage<?> request) throws JsonBody.NotTaken {
    String header = request.getHeaders().get("idempotency-key");
    if (header == null) {
      return Optional.empty();
    }
    String key = header.strip();
    if (key.length() >= 2 && key.startsWith("\"") && key.endsWith("\"")) {
      key = key.substring(1, key.length() - 1);
    }
    if (!key.matches("[\\x21-\\x7e&&[^\"\\\\]]{1,255}")) {
      throw new JsonBody.NotTaken(
          HttpStatus.BAD_REQUEST,
          "invalidIdempotencyKey",
          "The Idempotency-Key must have 1 to 255 visible ASCII characters, without quotes and"
              + " backslashes.");
    }
    return Optional.of(key);
  }
}

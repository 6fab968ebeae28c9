package dev.drawbridge.local.tables;

import dev.drawbridge.local.http.Request;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * Who may call: whoever signs with the account's key, or brings a token that is accepted.
 *
 * @param tokens says whether a bearer token is accepted
 */
record Access(SharedKey key, Predicate<String> tokens) {
  private static final String BEARER = "Bearer ";

  /**
   * Lets the request pass.
   *
   * @throws TableError if its caller may not
   */
  void check(Request request) {
    Optional<String> authorization = request.header("Authorization");
    if (authorization.isEmpty()) {
      throw ErrorCode.NO_AUTHENTICATION_INFORMATION.error();
    }
    String value = authorization.get();
    boolean accepted =
        value.startsWith(BEARER)
            ? tokens.test(value.substring(BEARER.length()))
            : key.verifies(value, request);
    if (!accepted) {
      throw ErrorCode.AUTHENTICATION_FAILED.error();
    }
  }
}

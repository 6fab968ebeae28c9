package dev.drawbridge.local.arm;

import dev.drawbridge.local.http.Request;
import java.util.Optional;
import java.util.Set;

/** Tells from a request's bearer token who sends it. */
final class Authentication {
  private static final String SCHEME = "Bearer ";

  private final Tokens tokens;
  private final World world;
  private final Set<String> audiences;

  /**
   * @param audiences the audiences of tokens that the service accepts
   */
  Authentication(Tokens tokens, World world, Set<String> audiences) {
    this.tokens = tokens;
    this.world = world;
    this.audiences = audiences;
  }

  /**
   * The sender.
   *
   * @throws ArmException 401, with ARM's code
   */
  Principal require(Request request) {
    String header = request.header("Authorization").orElse("");
    if (header.isEmpty()) {
      throw new ArmException(
          401,
          "AuthenticationFailed",
          "Authentication failed. The 'Authorization' header is missing.");
    }
    Tokens.Token token = token(request).orElseThrow(Authentication::invalid);
    if (tokens.isExpired(token)) {
      throw new ArmException(
          401,
          "ExpiredAuthenticationToken",
          "The access token expiry UTC time '%s' is earlier than current UTC time."
              .formatted(token.expiry()));
    }
    if (!audiences.contains(token.audience())) {
      throw new ArmException(
          401,
          "InvalidAuthenticationTokenAudience",
          "The access token has been obtained for wrong audience or resource '%s'. It should exactly match with one of the allowed audiences '%s'."
              .formatted(token.audience(), String.join("','", audiences)));
    }
    return principal(token).orElseThrow(Authentication::invalid);
  }

  /** The sender's name for the log of calls, if the token is known at all. */
  Optional<String> name(Request request) {
    return token(request).flatMap(this::principal).map(Principal::displayName);
  }

  private Optional<Tokens.Token> token(Request request) {
    String header = request.header("Authorization").orElse("");
    return header.regionMatches(true, 0, SCHEME, 0, SCHEME.length())
        ? tokens.find(header.substring(SCHEME.length()).strip())
        : Optional.empty();
  }

  private Optional<Principal> principal(Tokens.Token token) {
    synchronized (world) {
      return world.directory().principal(token.principalId());
    }
  }

  private static ArmException invalid() {
    return new ArmException(401, "InvalidAuthenticationToken", "The access token is invalid.");
  }
}

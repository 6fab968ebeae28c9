package dev.drawbridge.local.tickets;

import dev.drawbridge.local.http.Request;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

/**
 * What Drawbridge signs in with.
 *
 * @param user an e-mail address, or with ServiceNow the user's name
 * @param secret an API token, or with ServiceNow a password
 */
public record Account(String user, String secret) {

  /**
   * Whether a request carries it by HTTP Basic.
   *
   * @param suffix what the vendor wants behind the user, such as Zendesk's {@code /token}
   */
  boolean signed(Request request, String suffix) {
    byte[] credentials = "%s%s:%s".formatted(user, suffix, secret).getBytes(StandardCharsets.UTF_8);
    String expected = Base64.getEncoder().encodeToString(credentials);
    String scheme = "Basic ";
    return request
        .header("Authorization")
        .filter(sent -> sent.regionMatches(true, 0, scheme, 0, scheme.length()))
        .filter(sent -> sent.substring(scheme.length()).strip().equals(expected))
        .isPresent();
  }

  @Override
  public String toString() {
    return "Account[user=%s]".formatted(user);
  }
}

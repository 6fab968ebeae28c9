package dev.drawbridge.local.tickets;

import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.UUID;

/**
 * Somebody who works on tickets.
 *
 * @param user the name to sign in with, such as {@code ana}
 */
record Person(String user, String email) {
  private static final String DOMAIN = "@contoso.example";

  /** Of a name, or of an e-mail address. */
  static Person of(String userOrEmail) {
    int at = userOrEmail.indexOf('@');
    return at < 0
        ? new Person(userOrEmail, userOrEmail + DOMAIN)
        : new Person(userOrEmail.substring(0, at), userOrEmail);
  }

  String displayName() {
    return user.substring(0, 1).toUpperCase(Locale.ROOT) + user.substring(1);
  }

  /** Zendesk's id of a user. */
  long number() {
    return 360_000_000_000L + Integer.toUnsignedLong(email.hashCode());
  }

  /** Jira's id of a user: 24 hexadecimal digits. */
  String accountId() {
    return UUID.nameUUIDFromBytes(email.getBytes(StandardCharsets.UTF_8))
        .toString()
        .replace("-", "")
        .substring(0, 24);
  }
}

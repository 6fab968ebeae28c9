package dev.drawbridge.access;

import java.util.Optional;
import java.util.Set;

/**
 * What makes a connection that Azure shows an operation's own.
 *
 * @param before the connections that are not, since they stood before or are another operation's
 * @param trusted which networks of the vendor may confirm it
 * @param chosen the connection that is known for its own, whatever its message says by now
 */
public record Criteria(
    Set<String> before, TrustedRemotes trusted, MatchCode matchCode, Optional<String> chosen) {}

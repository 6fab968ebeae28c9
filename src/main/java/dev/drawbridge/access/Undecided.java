package dev.drawbridge.access;

import dev.drawbridge.access.NetworkState.EndpointConnection;
import java.time.Instant;

/**
 * A pending connection that a person has to decide on.
 *
 * @param message what its maker wrote
 * @param since when it was first seen
 */
public record Undecided(String connectionId, String message, Instant since) {
  static Undecided of(EndpointConnection connection, Instant now) {
    return new Undecided(connection.id(), OneLine.of(connection.message()), now);
  }

  boolean isOf(EndpointConnection connection) {
    return AnyCase.fold(connectionId).equals(AnyCase.fold(connection.id()));
  }
}

package dev.drawbridge.access;

import dev.drawbridge.access.NetworkState.EndpointConnection;
import java.util.List;

/** What Azure shows of the connection that an operation waits for. */
public sealed interface Observation {
  /** What an absent connection is called. */
  String NOTHING = "no connection yet";

  /** In a few words, for people. */
  String detail();

  /** Nothing of it yet. */
  record Absent() implements Observation {
    @Override
    public String detail() {
      return NOTHING;
    }
  }

  /** Begun, but it does not stand yet. */
  record Pending(String detail) implements Observation {}

  /**
   * It waits for an approval and is the operation's for certain.
   *
   * @param connection its id
   */
  record Approvable(String connection, String detail) implements Observation {}

  /** There are connections of which a person has to say whose they are. */
  record Undecided(List<EndpointConnection> connections) implements Observation {
    @Override
    public String detail() {
      return "it takes a person to tell whose these are: "
          + String.join(", ", connections.stream().map(EndpointConnection::id).sorted().toList());
    }
  }

  /**
   * It stands.
   *
   * @param connection its name on the target
   */
  record Connected(String connection, String detail) implements Observation {}

  /** It was there and failed; access stays until expiry or cancel, so that it can be mended. */
  record Broken(String detail) implements Observation {}
}

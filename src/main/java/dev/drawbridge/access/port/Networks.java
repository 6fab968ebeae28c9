package dev.drawbridge.access.port;

import dev.drawbridge.access.ConnectionKind;
import dev.drawbridge.access.ConnectionRequest;
import dev.drawbridge.access.NetworkState;
import dev.drawbridge.access.ResourceId;
import java.util.Optional;

/** What Azure shows of the targets. */
public interface Networks {

  /**
   * Reads all of a target that the preflight of a request has to know.
   *
   * @return nothing if it does not exist
   * @throws PassingFault if Azure does not answer now
   * @throws PermanentFault if Azure refuses to, or has no such connections for it
   */
  Optional<NetworkState> inspect(ConnectionRequest request);

  /**
   * Reads the connections of a target in one call.
   *
   * @return nothing if it does not exist
   * @throws PassingFault if Azure does not answer now
   * @throws PermanentFault if Azure refuses to
   */
  Optional<NetworkState> read(ConnectionKind kind, ResourceId target);

  /**
   * Approves a private endpoint's connection. That it stands, only the next reading tells.
   *
   * @param connectionId under the target's {@code privateEndpointConnections}
   * @return the call's correlation id
   * @throws PassingFault if Azure does not answer now
   * @throws PermanentFault if Azure refuses to, which it may do for some minutes after the role
   *     that allows it was assigned
   */
  String approve(ResourceId target, String connectionId, String message);
}

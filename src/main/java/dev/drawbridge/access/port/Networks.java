package dev.drawbridge.access.port;

import dev.drawbridge.access.ConnectionKind;
import dev.drawbridge.access.NetworkState;
import dev.drawbridge.access.ResourceId;
import java.util.Optional;

/** What Azure shows of the targets. */
public interface Networks {

  /**
   * Reads a target in one call.
   *
   * @return nothing if it does not exist
   * @throws PassingFault if Azure does not answer now
   * @throws PermanentFault if Azure refuses to
   */
  Optional<NetworkState> read(ConnectionKind kind, ResourceId target);
}

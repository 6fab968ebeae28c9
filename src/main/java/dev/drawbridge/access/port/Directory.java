package dev.drawbridge.access.port;

import java.util.UUID;

/** The tenant's service principals. */
public interface Directory {

  /**
   * The object id of an application's service principal in the tenant, created where there is none.
   *
   * @throws PermanentFault if there is none and it may not be created
   * @throws PassingFault if the directory does not answer now
   */
  UUID servicePrincipalOf(UUID applicationId);
}

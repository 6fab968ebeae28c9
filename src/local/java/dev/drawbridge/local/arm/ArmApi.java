package dev.drawbridge.local.arm;

import dev.drawbridge.local.http.Response;
import java.util.List;

/** The operations on one type of resource. */
interface ArmApi {
  /** The full type, in Azure's case. */
  String type();

  List<String> apiVersions();

  /** Whether the provider's list of resource types shows it. */
  default boolean isListed() {
    return true;
  }

  /**
   * Answers a call whose caller and api-version are in order; holds the world's monitor.
   *
   * @throws ArmException for every error that Azure has an answer for
   */
  Response handle(ArmCall call);
}

package dev.drawbridge.local.arm;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Optional;
import java.util.Set;

/** Which decisions about a private endpoint connection a provider takes. */
enum Decisions {
  /** Approved and rejected in any order. */
  FREE("BadRequest"),

  /** What was rejected is never approved: Cosmos DB. */
  REJECTED_FOR_GOOD("BadRequest") {
    @Override
    void require(String before, String wanted) {
      super.require(before, wanted);
      if (before.equals("Rejected") && wanted.equals("Approved")) {
        throw new ArmException(
            400, "BadRequest", "Approving rejected private endpoint connections is not supported.");
      }
    }
  },

  /** Decided once, while pending: Azure SQL, with the codes that its reference lists. */
  ONCE("IncorrectPrivateLinkServiceConnectionStateStatus") {
    @Override
    void require(String before, String wanted) {
      if (!before.equals("Pending")) {
        throw new ArmException(
            400,
            "PrivateEndpointConnectionStatusNotPending",
            "Private Endpoint Connection Status is not Pending");
      }
    }

    @Override
    ObjectNode existing(ResourceId id, Optional<ObjectNode> before) {
      return before.orElseThrow(
          () ->
              new ArmException(
                  400,
                  "PrivateEndpointConnectionDoesNotExist",
                  "Private Endpoint Connection does not exist"));
    }
  };

  private static final Set<String> WANTED = Set.of("Approved", "Rejected");

  private final String wrongStatus;

  Decisions(String wrongStatus) {
    this.wrongStatus = wrongStatus;
  }

  /** The decision in a request. */
  String wanted(ObjectNode body) {
    return Json.text(body.path("properties").path("privateLinkServiceConnectionState"), "status")
        .filter(WANTED::contains)
        .orElseThrow(
            () ->
                new ArmException(
                    400,
                    wrongStatus,
                    "Private Link Service Connection State Status must be \"Approved\" or \"Rejected\""));
  }

  /** The connection that is decided about: only an endpoint's owner makes one. */
  ObjectNode existing(ResourceId id, Optional<ObjectNode> before) {
    return before.orElseThrow(() -> ResourceApi.notFound(id));
  }

  /** Refuses a change of status that the provider doesn't take. */
  void require(String before, String wanted) {
    if (before.equals("Disconnected")) {
      throw new ArmException(
          400, "BadRequest", "The private endpoint of a disconnected connection is gone.");
    }
  }
}

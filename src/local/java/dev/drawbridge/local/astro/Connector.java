package dev.drawbridge.local.astro;

import dev.drawbridge.local.arm.ArmException;
import dev.drawbridge.local.arm.SampleWorld;
import dev.drawbridge.local.arm.World;
import dev.drawbridge.local.astro.Attempt.Step;
import dev.drawbridge.local.astro.Behaviour.Outcome;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Makes connections: the customer's side of one with Astronomer's own principal, over HTTP, and
 * Astronomer's side, which is in a tenant of its own where nobody else is asked.
 */
final class Connector {
  /** Who wants to know of each step. */
  interface Listener {
    void note(VendorRequest request, Step step, int status, @Nullable String errorCode);
  }

  private static final String WRONG_MESSAGE = "Private endpoint for Astro";

  private final World world;
  private final AstroClient client;
  private final Listener listener;

  Connector(World world, AstroClient client, Listener listener) {
    this.world = world;
    this.client = client;
    this.listener = listener;
  }

  /**
   * Tries once.
   *
   * @return the HTTP status of what the customer can refuse, or 0 if there was no answer
   */
  int connect(VendorRequest request, Outcome outcome) {
    if (request instanceof PrivateEndpointRequest endpoint) {
      return makeEndpoint(endpoint, outcome);
    }
    AstroClient.Answer signedIn = client.signIn();
    if (!signedIn.succeeded()) {
      listener.note(request, Step.SIGN_IN, signedIn.status(), signedIn.errorCode());
      return signedIn.status();
    }
    String token = signedIn.body().path("access_token").asText();
    return request instanceof PeeringRequest peering
        ? makePeering(peering, token, outcome)
        : makeHubConnection((HubConnectionRequest) request, token, outcome);
  }

  private int makePeering(PeeringRequest request, String token, Outcome outcome) {
    boolean mistaken = outcome == Outcome.MISTAKEN;
    AstroClient.Answer made =
        client.put(
            token,
            request.vnetId() + "/virtualNetworkPeerings/" + request.peeringName(),
            Map.of(
                "remoteVirtualNetwork",
                Map.of("id", request.remoteVnetId() + (mistaken ? "-of-another" : "")),
                "allowVirtualNetworkAccess",
                true,
                "allowForwardedTraffic",
                true));
    listener.note(request, Step.CREATE, made.status(), made.errorCode());
    if (made.succeeded() && (outcome == Outcome.CONNECTED || mistaken)) {
      world.createRemoteSide(request.vnetId(), request.peeringName());
      listener.note(request, Step.OWN_SIDE, 201, null);
    }
    return made.status();
  }

  private int makeHubConnection(HubConnectionRequest request, String token, Outcome outcome) {
    AstroClient.Answer made =
        client.put(
            token,
            request.hubId() + "/hubVirtualNetworkConnections/" + request.connectionName(),
            Map.of(
                "remoteVirtualNetwork",
                Map.of("id", request.remoteVnetId()),
                "enableInternetSecurity",
                true));
    listener.note(request, Step.CREATE, made.status(), made.errorCode());
    if (made.succeeded() && outcome == Outcome.CONNECTED) {
      finish(request, "Succeeded");
      listener.note(request, Step.OWN_SIDE, 201, null);
    } else if (made.succeeded() && outcome == Outcome.MISTAKEN) {
      finish(request, "Failed");
      listener.note(request, Step.OWN_SIDE, 400, "VnetAddressSpacesOverlap");
    }
    return made.status();
  }

  private void finish(HubConnectionRequest request, String state) {
    world.setHubConnectionState(request.hubId(), request.connectionName(), state);
  }

  private int makeEndpoint(PrivateEndpointRequest request, Outcome outcome) {
    String message = outcome == Outcome.MISTAKEN ? WRONG_MESSAGE : request.message();
    try {
      if (outcome == Outcome.ONE_SIDED) {
        world.pendingConnection(
            request.resourceId(), request.groupId(), request.endpointId(), message);
      } else {
        world.requestConnection(
            SampleWorld.ASTRONOMER_CLIENT_ID,
            request.resourceId(),
            request.groupId(),
            request.endpointId(),
            message);
      }
      listener.note(request, Step.CREATE, 201, null);
      return 201;
    } catch (ArmException e) {
      listener.note(request, Step.CREATE, e.status(), e.code());
      return e.status();
    }
  }
}

package dev.drawbridge.local.arm;

import static dev.drawbridge.local.arm.ArmFixture.GROUP_SCOPE;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.drawbridge.local.http.Fault;
import java.net.URI;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class FaultIT {
  @RegisterExtension final ArmFixture azure = new ArmFixture();

  @Test
  void fault_whenThrottledOrFailing_thenTheSdkTriesAgain() {
    azure
        .arm
        .armFaults()
        .add(Fault.of("GET", "vnet-data", 429, "TooManyRequests", 1).retryAfter("0"));
    azure
        .arm
        .armFaults()
        .add(Fault.of("GET", "vnet-data", 503, "ServiceUnavailable", 1).retryAfter("0"));

    assertEquals(
        SampleWorld.VNET_ID,
        azure
            .drawbridge()
            .network()
            .getVirtualNetworks()
            .getByResourceGroup(SampleWorld.RESOURCE_GROUP, SampleWorld.VNET)
            .id());

    assertEquals(
        List.of(429, 503, 200), azure.arm.calls().calls("arm").stream().map(Call::status).toList());
    Call first = azure.arm.calls().calls("arm").get(0);
    assertEquals("TooManyRequests", first.errorCode());
    assertEquals("id-drawbridge", first.principal());
    assertEquals("2025-03-01", first.apiVersion());
    assertEquals("GET " + SampleWorld.VNET_ID, first.line());
  }

  @Test
  void fault_whenTheAnswerIsLost_thenTheCallHadItsEffect() {
    azure.world.assign(SampleWorld.STRANGER_OBJECT_ID, "Owner", GROUP_SCOPE);
    azure.arm.armFaults().add(Fault.of("PUT", "astro", 504, "GatewayTimeout", 1).losingTheAnswer());
    URI peering =
        URI.create(
            azure.arm.armEndpoint()
                + SampleWorld.VNET_ID
                + "/virtualNetworkPeerings/astro?api-version=2025-03-01");
    String body = VirtualNetworks.connectionTo(SampleWorld.ASTRO_VNET_ID).toString();

    assertEquals(504, azure.send("PUT", peering, azure.strangersToken(), body).statusCode());
    assertEquals(2, azure.world.peerings(SampleWorld.VNET_ID).size());
    assertEquals(200, azure.send("PUT", peering, azure.strangersToken(), body).statusCode());
  }
}

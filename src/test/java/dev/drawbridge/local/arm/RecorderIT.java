package dev.drawbridge.local.arm;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

class RecorderIT {
  @RegisterExtension final ArmFixture azure = new ArmFixture();

  @Test
  void recordTo_whenCalled_thenRequestsAndAnswersWithoutTokens(@TempDir Path folder)
      throws IOException {
    Path file = folder.resolve("traffic.jsonl");
    azure.arm.recordTo(file);
    String token = azure.strangersToken();
    azure.world.assign(SampleWorld.STRANGER_OBJECT_ID, "Owner", SampleWorld.VNET_ID);
    String path = SampleWorld.VNET_ID + "/virtualNetworkPeerings/p?api-version=2025-03-01";
    String body = VirtualNetworks.connectionTo(SampleWorld.ASTRO_VNET_ID).toString();

    azure.send("PUT", azure.arm.armEndpoint().resolve(path), token, body);
    azure.send("DELETE", azure.arm.armEndpoint().resolve(path), token, "");
    SdkClients sdk = azure.drawbridge();
    sdk.graph()
        .getServicePrincipalsServicePrincipals()
        .listServicePrincipal()
        .forEach(principal -> assertFalse(principal.id().isEmpty()));
    azure.knob("GET", "clock", "");

    List<String> lines = Files.readAllLines(file);
    assertEquals(3, lines.size(), lines.toString());
    JsonNode put = Json.parseObject(lines.get(0)).orElseThrow();
    assertEquals("PUT", put.at("/liveRequest/method").asText());
    assertEquals(path, put.at("/liveRequest/url").asText());
    assertEquals(
        SampleWorld.ASTRO_VNET_ID,
        put.at("/liveRequest/body/properties/remoteVirtualNetwork/id").asText());
    assertEquals("201", put.at("/liveResponse/statusCode").asText());
    assertEquals("Initiated", put.at("/liveResponse/body/properties/peeringState").asText());
    JsonNode delete = Json.parseObject(lines.get(1)).orElseThrow();
    assertTrue(delete.at("/liveResponse/body").isMissingNode());
    assertTrue(lines.get(2).contains("/v1.0/servicePrincipals"));
    String all = String.join("\n", lines);
    assertFalse(all.contains(token));
    assertFalse(all.toLowerCase(Locale.ROOT).contains("bearer"));
    assertFalse(all.contains("eyJ"));
  }
}

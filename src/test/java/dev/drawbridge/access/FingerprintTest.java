package dev.drawbridge.access;

import static dev.drawbridge.access.Samples.ticket;
import static dev.drawbridge.access.Samples.valid;
import static dev.drawbridge.access.Samples.with;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What makes two requests the same, and an operation's id of it. */
class FingerprintTest {
  private static final String REMOTE =
      "/subscriptions/aaaa0a0a-bb1b-cc2c-dd3d-eeeeee4e4e4e/resourceGroups/rg/providers"
          + "/Microsoft.Network/virtualNetworks/astro";

  /**
   * As text, and the id that Python makes of it: another start of the app, or another instance,
   * must find the operation of a repeated request.
   */
  @Test
  void fingerprint_whenTakenInAnotherProcess_thenIsTheSame() {
    assertEquals(
        "{clusterid=clz4q8v1k000108l5d2x9f7ah, expiresin=pt72h, resourcegroup=rg-network,"
            + " subscriptionid=aaaa0a0a-bb1b-cc2c-dd3d-eeeeee4e4e4e,"
            + " tenantid=aaaabbbb-0000-cccc-1111-dddd2222eeee,"
            + " ticket={id=12345, system=zendesk}, type=vnet, vnetname=vnet-data}",
        Samples.request().fingerprint());
    assertEquals(
        "0fe5b679-5ec0-5efa-914c-42a5605ee958",
        OperationId.ofContent(Samples.request()).toString());
  }

  @Test
  void toFields_whenParsedAgain_thenIsTheSameRequest() {
    Map<String, Object> all = with("remoteVnetId", REMOTE);
    all.put("expiresIn", "PT36H");
    all.put("clusterType", "dedicated");
    for (ConnectionRequest request : List.of(Samples.request(), valid(all))) {
      ConnectionRequest again = valid(request.toFields());
      assertEquals(request, again);
      assertEquals(request.fingerprint(), again.fingerprint());
      assertEquals(request.toFields(), again.toFields());
    }
  }

  static Stream<Map<String, Object>> sameRequests() {
    List<Map.Entry<String, Object>> entries = new ArrayList<>(Samples.fields().entrySet());
    Collections.reverse(entries);
    Map<String, Object> reversed = new LinkedHashMap<>();
    entries.forEach(entry -> reversed.put(entry.getKey(), entry.getValue()));
    return Stream.of(
        reversed,
        with("vnetName", "VNet-Data"),
        with("resourceGroup", "RG-NETWORK"),
        with("tenantId", Samples.TENANT.toString().toUpperCase(Locale.ROOT)),
        with("subscriptionId", Samples.SUBSCRIPTION.toString().toUpperCase(Locale.ROOT)),
        with("expiresIn", "PT72H"),
        with("expiresIn", "P3D"),
        with("clusterType", "hybrid"));
  }

  @ParameterizedTest
  @MethodSource("sameRequests")
  void fingerprint_whenTheSameIsSaidOtherwise_thenIsTheSame(Map<String, Object> fields) {
    assertEquals(Samples.request().fingerprint(), valid(fields).fingerprint());
    assertEquals(OperationId.ofContent(Samples.request()), OperationId.ofContent(valid(fields)));
  }

  static Stream<Map<String, Object>> otherRequests() {
    return Stream.of(
        with("ticket", ticket("zendesk", "12346")),
        with("ticket", ticket("zendesk2", "12345")),
        with("ticket", ticket("zendesk1", "2345")),
        with("clusterId", "clz4q8v1k000108l5d2x9f7ai"),
        with("tenantId", Samples.SUBSCRIPTION.toString()),
        with("subscriptionId", Samples.TENANT.toString()),
        with("resourceGroup", "rg-network2"),
        with("resourceGroup", "rg-networ\u212a"),
        with("vnetName", "vnet-data2"),
        with("expiresIn", "PT72H1S"),
        with("remoteVnetId", REMOTE));
  }

  @ParameterizedTest
  @MethodSource("otherRequests")
  void fingerprint_whenAnythingElseIsAsked_thenDiffers(Map<String, Object> fields) {
    assertNotEquals(Samples.request().fingerprint(), valid(fields).fingerprint());
    assertNotEquals(OperationId.ofContent(Samples.request()), OperationId.ofContent(valid(fields)));
  }

  @Test
  void ofKey_whenTheKeyIsTheSame_thenIsTheSameOperation() {
    // Python: uuid.uuid5(UUID("11fb06fb-712d-4ddd-98c7-e71bbd588830"), "idempotency-key-abc")
    assertEquals("1fbc9b0f-c23e-5f7b-acf6-a990fdbf9105", OperationId.ofKey("abc").toString());
    assertNotEquals(OperationId.ofKey("abc"), OperationId.ofKey("ABC"));
    String fingerprint = Samples.request().fingerprint();
    assertNotEquals(OperationId.ofContent(Samples.request()), OperationId.ofKey(fingerprint));
  }
}

package dev.drawbridge.azure;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.net.MalformedURLException;
import java.net.URI;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class LaneTest {

  @ParameterizedTest
  @CsvSource({
    "/subscriptions/Aa-1/resourceGroups/g/providers/Microsoft.Network/virtualNetworks/v, aa-1, false",
    "/SUBSCRIPTIONS/aa-1, aa-1, false",
    "//subscriptions/aa-1/providers/Microsoft.Sql, aa-1, false",
    "/subscriptions/aa-1/providers/Microsoft.Authorization/roleAssignments/n, aa-1, true",
    "/subscriptions/aa-1/resourceGroups/g/providers/microsoft.authorization/roleDefinitions, aa-1, true",
    "/providers/Microsoft.Management/managementGroups/subscriptions, azure.example:8443, false",
    "/v1.0/servicePrincipals, azure.example:8443, false",
    "'', azure.example:8443, false",
  })
  void of_whenAnAddressIsCalled_thenItsLaneIsThatOfItsSubscriptionOrService(
      String path, String scope, boolean access) throws MalformedURLException {
    assertEquals(
        new Lane(scope, access),
        Lane.of(URI.create("https://Azure.example:8443" + path + "?a=/subscriptions/x").toURL()));
  }
}

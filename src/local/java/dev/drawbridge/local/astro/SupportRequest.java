package dev.drawbridge.local.astro;

import dev.drawbridge.local.arm.SampleWorld;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads what a customer pasted into a support request, as Astronomer's support would. */
public final class SupportRequest {
  private static final Pattern VNET_ID =
      Pattern.compile(
          "/subscriptions/([^/]+)/resourceGroups/([^/]+)/providers/Microsoft\\.Network/virtualNetworks/(.+)");

  private SupportRequest() {}

  /**
   * @param text as an operation's {@code supportText} has it
   * @param peeringName the name that support gives a peering; customers have no say in it
   * @throws IllegalArgumentException if the text does not say what to connect with
   */
  public static VendorRequest read(String text, String peeringName) {
    Optional<String> vnet = line(text, "VNet ID");
    if (vnet.isPresent()) {
      Matcher id = VNET_ID.matcher(vnet.get());
      if (!id.matches()) {
        throw new IllegalArgumentException("This is no id of a network: " + vnet.get());
      }
      return new PeeringRequest(
          id.group(1), id.group(2), id.group(3), peeringName, SampleWorld.ASTRO_VNET_ID);
    }
    return line(text, "VHub name").isPresent() ? hub(text) : privateEndpoint(text);
  }

  private static VendorRequest hub(String text) {
    String group = needed(text, "Resource group ID");
    return new HubConnectionRequest(
        needed(text, "Subscription ID"),
        group.substring(group.lastIndexOf('/') + 1),
        needed(text, "VHub name"),
        needed(text, "Preferable name for the peering"),
        SampleWorld.ASTRO_VNET_ID);
  }

  private static VendorRequest privateEndpoint(String text) {
    return new PrivateEndpointRequest(
        needed(text, "Resource ID"),
        needed(text, "Group ID"),
        needed(text, "Request message of the private endpoint"));
  }

  private static String needed(String text, String label) {
    return line(text, label)
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "The support request names no " + label + ": " + text));
  }

  private static Optional<String> line(String text, String label) {
    return text.lines()
        .filter(line -> line.startsWith(label + ": "))
        .map(line -> line.substring(label.length() + 2))
        .findFirst();
  }
}

package dev.drawbridge.local.astro;

import dev.drawbridge.local.arm.SampleWorld;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads what a customer pasted into a support request, as Astronomer's support would. */
public final class SupportRequest {
  private static final Pattern VNET =
      Pattern.compile(
          "^VNet ID: /subscriptions/([^/]+)/resourceGroups/([^/]+)/providers/Microsoft\\.Network/virtualNetworks/(.+)$",
          Pattern.MULTILINE);

  private SupportRequest() {}

  /**
   * @param text as an operation's {@code supportText} has it
   * @param peeringName the name that support gives the peering
   * @throws IllegalArgumentException if the text does not say which network to peer with
   */
  public static PeeringRequest read(String text, String peeringName) {
    Matcher vnet = VNET.matcher(text);
    if (!vnet.find()) {
      throw new IllegalArgumentException("The support request names no VNet ID: " + text);
    }
    return new PeeringRequest(
        vnet.group(1), vnet.group(2), vnet.group(3), peeringName, SampleWorld.ASTRO_VNET_ID);
  }
}

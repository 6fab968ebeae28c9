package dev.drawbridge.access;

import java.util.List;
import java.util.UUID;
import java.util.regex.Pattern;

/**
 * The id of a resource in a resource group, as Azure Resource Manager writes it. Two ids are equal
 * whatever their case, as in Azure.
 *
 * @param type the namespace and the types, such as {@code Microsoft.Network/virtualNetworks}
 * @param names one name a type, outermost first
 */
public record ResourceId(UUID subscription, String resourceGroup, String type, List<String> names) {
  private static final Pattern TYPE = Pattern.compile("[A-Za-z0-9][A-Za-z0-9.-]{0,127}");
  private static final Pattern NAME = Pattern.compile("[\\p{L}\\p{Nd}][\\p{L}\\p{Nd}_().-]{0,259}");

  public ResourceId {
    Names.resourceGroup(resourceGroup);
    names = List.copyOf(names);
    String[] types = type.split("/", -1);
    if (names.isEmpty() || types.length != names.size() + 1) {
      throw new IllegalArgumentException("must have a name for each resource type");
    }
    for (String segment : types) {
      Names.check(segment, TYPE, "a resource id with plain types");
    }
    for (String segment : names) {
      Names.check(segment, NAME, "a resource id with plain names");
    }
  }

  /** A virtual network's id. */
  public static ResourceId virtualNetwork(UUID subscription, String resourceGroup, String name) {
    return new ResourceId(
        subscription, resourceGroup, "Microsoft.Network/virtualNetworks", List.of(name));
  }

  /** A virtual hub's id. */
  public static ResourceId virtualHub(UUID subscription, String resourceGroup, String name) {
    return new ResourceId(
        subscription, resourceGroup, "Microsoft.Network/virtualHubs", List.of(name));
  }

  /**
   * Reads {@code /subscriptions/…/resourceGroups/…/providers/NAMESPACE/TYPE/NAME…}. Percent signs,
   * dot segments, empty segments and query strings are refused, not decoded.
   *
   * @throws IllegalArgumentException for anything else
   */
  public static ResourceId parse(String text) {
    String[] segments = text.split("/", -1);
    boolean wellFormed =
        text.length() <= 2048
            && segments.length >= 9
            && segments.length % 2 == 1
            && segments[0].isEmpty()
            && AnyCase.fold(segments[1]).equals("subscriptions")
            && AnyCase.fold(segments[3]).equals("resourcegroups")
            && AnyCase.fold(segments[5]).equals("providers");
    if (!wellFormed) {
      throw new IllegalArgumentException(
          "must be a resource id: /subscriptions/…/resourceGroups/…/providers/…/TYPE/NAME");
    }
    StringBuilder type = new StringBuilder(segments[6]);
    String[] names = new String[(segments.length - 7) / 2];
    for (int i = 0; i < names.length; i++) {
      type.append('/').append(segments[7 + 2 * i]);
      names[i] = segments[8 + 2 * i];
    }
    return new ResourceId(Guids.parse(segments[2]), segments[4], type.toString(), List.of(names));
  }

  /** The last name: of a virtual network, the network's own. */
  public String name() {
    return names.get(names.size() - 1);
  }

  /** Whether this is a child of that type, directly under a resource. */
  public boolean isChildOf(ResourceId parent, String childType) {
    String expected = parent + "/" + childType + "/" + name();
    return key().equals(AnyCase.fold(expected));
  }

  public String subscriptionId() {
    return "/subscriptions/" + subscription;
  }

  public String resourceGroupId() {
    return subscriptionId() + "/resourceGroups/" + resourceGroup;
  }

  /** The same for ids that Azure takes for the same. */
  public String key() {
    return AnyCase.fold(toString());
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof ResourceId id && key().equals(id.key());
  }

  @Override
  public int hashCode() {
    return key().hashCode();
  }

  @Override
  public String toString() {
    String[] types = type.split("/", -1);
    StringBuilder id = new StringBuilder(resourceGroupId()).append("/providers/").append(types[0]);
    for (int i = 0; i < names.size(); i++) {
      id.append('/').append(types[i + 1]).append('/').append(names.get(i));
    }
    return id.toString();
  }
}

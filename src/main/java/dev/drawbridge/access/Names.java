package dev.drawbridge.access;

import java.time.DateTimeException;
import java.time.Duration;
import java.util.regex.Pattern;

/**
 * Azure's naming rules, and the other formats of a request's fields. Each method gives back what it
 * read or throws an {@link IllegalArgumentException} whose message completes "the field …".
 *
 * @see <a
 *     href="https://learn.microsoft.com/azure/azure-resource-manager/management/resource-name-rules">Azure's
 *     naming rules</a>
 */
public final class Names {
  private static final Pattern RESOURCE_GROUP =
      Pattern.compile("[\\p{L}\\p{Nd}_().-]{0,89}[\\p{L}\\p{Nd}_()-]");
  private static final Pattern VIRTUAL_NETWORK =
      Pattern.compile("[A-Za-z0-9][A-Za-z0-9_.-]{0,62}[A-Za-z0-9_]");
  private static final Pattern NETWORK_RESOURCE =
      Pattern.compile("[A-Za-z0-9]([A-Za-z0-9_.-]{0,78}[A-Za-z0-9_])?");
  private static final Pattern GROUP_ID = Pattern.compile("[A-Za-z0-9][A-Za-z0-9_.-]{0,79}");
  private static final Pattern IPV4 =
      Pattern.compile("((25[0-5]|2[0-4]\\d|1?\\d?\\d)(\\.(?!$)|$)){4}");
  private static final Pattern CLUSTER = Pattern.compile("[A-Za-z0-9][A-Za-z0-9-]{0,63}");

  private Names() {}

  static String check(String text, Pattern pattern, String rule) {
    if (!pattern.matcher(text).matches()) {
      throw new IllegalArgumentException("must be " + rule);
    }
    return text;
  }

  public static String resourceGroup(String text) {
    return check(
        text,
        RESOURCE_GROUP,
        "a resource group name: 1 to 90 letters, digits, underscores, parentheses, hyphens and"
            + " periods, not ending in a period");
  }

  public static String virtualNetwork(String text) {
    return check(
        text,
        VIRTUAL_NETWORK,
        "a virtual network name: 2 to 64 letters, digits, underscores, periods and hyphens,"
            + " beginning with a letter or digit, ending in a letter, digit or underscore");
  }

  /** A virtual hub's name, or that of one of its connections. */
  public static String networkResource(String text) {
    return check(
        text,
        NETWORK_RESOURCE,
        "a name of 1 to 80 letters, digits, underscores, periods and hyphens, beginning with a"
            + " letter or digit, ending in a letter, digit or underscore");
  }

  /** What of a resource is connected to over Private Link, such as {@code blob}. */
  public static String groupId(String text) {
    return check(text, GROUP_ID, "a group id such as blob or registry");
  }

  public static String ipv4(String text) {
    return check(text, IPV4, "an IPv4 address such as 10.0.0.4");
  }

  public static String cluster(String text) {
    return check(text, CLUSTER, "an Astro cluster id: 1 to 64 letters, digits and hyphens");
  }

  /** An ISO-8601 duration of days, hours, minutes and seconds. */
  public static Duration duration(String text, Duration least, Duration most) {
    Duration duration;
    try {
      duration = Duration.parse(text);
    } catch (DateTimeException e) {
      throw new IllegalArgumentException(
          "must be an ISO-8601 duration of days, hours and minutes, such as P3D or PT12H", e);
    }
    if (duration.compareTo(least) < 0 || duration.compareTo(most) > 0) {
      throw new IllegalArgumentException(
          "must be from %s to %s, not %s".formatted(least, most, duration));
    }
    return duration;
  }
}

package dev.drawbridge.azure;

import java.net.URL;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Calls that are counted, and held back, together: those to one subscription, or to one service
 * where the address names none (Azure Resource Manager's tenant level, Microsoft Graph).
 *
 * @param scope the subscription's id in lower case, or the service's host
 * @param access whether it is for role assignments and definitions. They have a lane of their own,
 *     since whoever holds access could else keep it by having the networks' provider throttled.
 */
record Lane(String scope, boolean access) {
  private static final Pattern SUBSCRIPTION =
      Pattern.compile("^/+subscriptions/+([^/]+)", Pattern.CASE_INSENSITIVE);
  private static final String AUTHORIZATION = "/providers/microsoft.authorization/";

  static Lane of(URL url) {
    Matcher subscription = SUBSCRIPTION.matcher(url.getPath());
    String scope = subscription.find() ? subscription.group(1) : url.getAuthority();
    return new Lane(
        scope.toLowerCase(Locale.ROOT),
        url.getPath().toLowerCase(Locale.ROOT).contains(AUTHORIZATION));
  }
}

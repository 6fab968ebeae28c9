package dev.drawbridge.local.arm;

import java.util.List;
import java.util.regex.Pattern;

/** One permission of a role: what its actions allow, less what its notActions take away. */
public record Permission(
    List<String> actions,
    List<String> notActions,
    List<String> dataActions,
    List<String> notDataActions) {

  public Permission {
    actions = List.copyOf(actions);
    notActions = List.copyOf(notActions);
    dataActions = List.copyOf(dataActions);
    notDataActions = List.copyOf(notDataActions);
  }

  public static Permission of(List<String> actions, List<String> notActions) {
    return new Permission(actions, notActions, List.of(), List.of());
  }

  /** Whether this permission alone allows a control-plane action. */
  public boolean grants(String action) {
    return anyMatches(actions, action) && !anyMatches(notActions, action);
  }

  private static boolean anyMatches(List<String> patterns, String action) {
    return patterns.stream().anyMatch(pattern -> matches(pattern, action));
  }

  /** A star stands for any text, slashes included; case doesn't count. */
  private static boolean matches(String pattern, String action) {
    String regex = "\\Q" + pattern.replace("*", "\\E.*\\Q") + "\\E";
    return Pattern.compile(regex, Pattern.CASE_INSENSITIVE).matcher(action).matches();
  }
}

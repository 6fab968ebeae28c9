package dev.drawbridge.access;

import java.util.Map;
import java.util.Set;

/** What a look at the target says before access is granted. */
public sealed interface Preflight {

  /**
   * Access may be granted.
   *
   * @param baseline the connections that stand already; none of them can confirm the request
   * @param facts what was found out of the target, for the texts and the result
   */
  record Passed(Set<String> baseline, Map<Fact, String> facts) implements Preflight {}

  /**
   * The request can't be served.
   *
   * @param code a stable word for the reason
   * @param message what is wrong and what to do
   */
  record Refused(String code, String message) implements Preflight {}
}

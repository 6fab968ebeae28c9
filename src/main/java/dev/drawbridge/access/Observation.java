package dev.drawbridge.access;

/** What Azure shows of the connection that an operation waits for. */
public sealed interface Observation {

  /** Nothing of it yet. */
  record Absent() implements Observation {}

  /** Begun, but it does not stand yet. */
  record Pending(String detail) implements Observation {}

  /**
   * It stands.
   *
   * @param connection its name on the target
   */
  record Connected(String connection, String detail) implements Observation {}

  /** It was there and failed; access stays until expiry or cancel, so that it can be mended. */
  record Broken(String detail) implements Observation {}

  /** For people, in a few words. */
  default String describe() {
    if (this instanceof Pending pending) {
      return pending.detail();
    }
    if (this instanceof Connected connected) {
      return connected.detail();
    }
    return this instanceof Broken broken ? broken.detail() : "no connection yet";
  }
}

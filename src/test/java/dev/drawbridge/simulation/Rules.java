package dev.drawbridge.simulation;

/** Which rule of the product is taken out just now. Public, since the product's own classes ask. */
public final class Rules {
  /** All are in force. */
  static final String NONE = "";

  private static volatile String takenOut = NONE;

  private Rules() {}

  static void takeOut(String mutation) {
    takenOut = mutation;
  }

  /** Whether it is this one, for the methods that {@link Weaver} has changed. */
  public static boolean isTakenOut(String mutation) {
    return takenOut.equals(mutation);
  }
}

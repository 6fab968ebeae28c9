package dev.drawbridge.simulation;

/** Which rule of the product is taken out just now. Public, since the product's own classes ask. */
public final class Rules {
  /** All are in force. */
  static final int NONE = -1;

  private static volatile int takenOut = NONE;

  private Rules() {}

  static void takeOut(int mutation) {
    takenOut = mutation;
  }

  /** Whether it is this one, for the methods that {@link Weaver} has changed. */
  public static boolean isTakenOut(int mutation) {
    return takenOut == mutation;
  }
}

package dev.drawbridge.simulation;

/** The process ends here. An error, so that nothing of the app takes it for a fault. */
final class Crash extends Error {
  private static final long serialVersionUID = 1;

  Crash(String where) {
    super(where, null, false, false);
  }
}

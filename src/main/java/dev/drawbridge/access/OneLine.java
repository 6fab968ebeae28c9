package dev.drawbridge.access;

/** Text from elsewhere, fit for a log line or an event: one line of a bounded length. */
public final class OneLine {
  private static final int LONGEST = 1000;

  private OneLine() {}

  /** Control characters, line and paragraph separators become spaces. */
  public static String of(String text) {
    String line = text.replaceAll("[\\p{Cntrl}\\p{Zl}\\p{Zp}]", " ").strip();
    return line.length() <= LONGEST ? line : line.substring(0, LONGEST) + "…";
  }
}

package dev.drawbridge.access;

import java.util.regex.Pattern;

/** Text from elsewhere, fit for a log line or an event: one line of a bounded length. */
public final class OneLine {
  private static final int LONGEST = 1000;
  private static final Pattern UNFIT = Pattern.compile("[\\p{Cc}\\p{Cs}\\p{Zl}\\p{Zp}]");

  private OneLine() {}

  /** Control characters, line and paragraph separators and halves of characters become spaces. */
  public static String of(String text) {
    String line = UNFIT.matcher(text).replaceAll(" ").strip();
    return cut(line, LONGEST);
  }

  /** The first {@code most} UTF-16 characters, without half of a surrogate pair at their end. */
  public static String cut(String text, int most) {
    if (text.length() <= most) {
      return text;
    }
    boolean splits = Character.isHighSurrogate(text.charAt(most - 1));
    return text.substring(0, splits ? most - 1 : most) + "…";
  }
}

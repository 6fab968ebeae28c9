package dev.drawbridge.access;

/** Azure's names are the same in any case. */
final class AnyCase {
  private AnyCase() {}

  /**
   * The same text for texts that differ in case only. A letter beyond ASCII stays as it is where
   * its lower case is an ASCII letter, such as the Kelvin sign: it would pass for that letter.
   */
  static String fold(String text) {
    return text.codePoints()
        .map(AnyCase::fold)
        .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
        .toString();
  }

  private static int fold(int letter) {
    int lower = Character.toLowerCase(letter);
    return isAscii(lower) && !isAscii(letter) ? letter : lower;
  }

  private static boolean isAscii(int letter) {
    return letter < 128;
  }
}

package dev.drawbridge.access;

import java.security.SecureRandom;
import java.util.random.RandomGenerator;
import java.util.regex.Pattern;

/**
 * What Astronomer is asked to put into the message of a private endpoint, so that the endpoint is
 * known for an operation's. Nobody can guess it who was not told.
 */
public record MatchCode(String text) {
  /** Without 0 and O, 1, I and L, U and V, since it may be read out: 29 to the 8th, or 38 bits. */
  private static final String ALPHABET = "23456789ABCDEFGHJKMNPQRSTWXYZ";

  private static final Pattern FORM = Pattern.compile("DB-[%1$s]{4}-[%1$s]{4}".formatted(ALPHABET));

  private static final Pattern ANY =
      Pattern.compile("DB-[A-Z0-9]{4}-[A-Z0-9]{4}", Pattern.CASE_INSENSITIVE);
  private static final int LENGTH = 8;
  private static final SecureRandom RANDOM = new SecureRandom();

  public MatchCode {
    Names.check(text, FORM, "a match code such as DB-2345-ABCD");
  }

  /** A new one, from the system's strong source of randomness. */
  public static MatchCode random() {
    return random(RANDOM);
  }

  static MatchCode random(RandomGenerator random) {
    StringBuilder code = new StringBuilder("DB-");
    for (int i = 0; i < LENGTH; i++) {
      code.append(i == LENGTH / 2 ? "-" : "")
          .append(ALPHABET.charAt(random.nextInt(ALPHABET.length())));
    }
    return new MatchCode(code.toString());
  }

  /** Whether a message has a code in it, whichever operation's it is. */
  static boolean isAnyIn(String message) {
    return ANY.matcher(message).find();
  }

  /** Whether a message has the code in it as a word of its own, in any case. */
  public boolean isIn(String message) {
    return Pattern.compile(
            "(?<![\\p{L}\\p{N}-])" + Pattern.quote(text) + "(?![\\p{L}\\p{N}-])",
            Pattern.CASE_INSENSITIVE)
        .matcher(message)
        .find();
  }

  @Override
  public String toString() {
    return text;
  }
}

package dev.drawbridge.local.astro;

import java.time.Duration;

/**
 * How Astronomer deals with requests.
 *
 * @param delay how long after being told of a request it first tries, by the local Azure's clock
 */
public record Behaviour(Outcome outcome, Duration delay) {
  /** How far it goes. */
  public enum Outcome {
    /** Both sides of the peering are made. */
    CONNECTED,
    /** Only the customer's side is made, so that the peering stays initiated. */
    ONE_SIDED,
    /** Nobody at Astronomer does anything. */
    NEVER
  }

  public static Behaviour connecting() {
    return new Behaviour(Outcome.CONNECTED, Duration.ZERO);
  }

  public static Behaviour oneSided() {
    return new Behaviour(Outcome.ONE_SIDED, Duration.ZERO);
  }

  public static Behaviour never() {
    return new Behaviour(Outcome.NEVER, Duration.ZERO);
  }

  public Behaviour after(Duration wait) {
    return new Behaviour(outcome, wait);
  }
}

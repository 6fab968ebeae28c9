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
    /** Both sides of a peering or a hub connection are made; a private endpoint is made. */
    CONNECTED,
    /**
     * It gets half-way: a peering stays initiated, a hub connection stays updating, and a private
     * endpoint is made such that someone has to approve it, even if Astronomer could.
     */
    ONE_SIDED,
    /**
     * It gets something wrong: a peering leads to another network, a hub connection fails, a
     * private endpoint bears another message.
     */
    MISTAKEN,
    /** Nobody at Astronomer does anything. */
    NEVER
  }

  public static Behaviour connecting() {
    return new Behaviour(Outcome.CONNECTED, Duration.ZERO);
  }

  public static Behaviour oneSided() {
    return new Behaviour(Outcome.ONE_SIDED, Duration.ZERO);
  }

  public static Behaviour mistaken() {
    return new Behaviour(Outcome.MISTAKEN, Duration.ZERO);
  }

  public static Behaviour never() {
    return new Behaviour(Outcome.NEVER, Duration.ZERO);
  }

  public Behaviour after(Duration wait) {
    return new Behaviour(outcome, wait);
  }
}

package dev.drawbridge.tickets;

/** Whether a call comes from who it says. The reasons hold nothing of what was sent. */
public sealed interface Authenticity {
  record Authentic() implements Authenticity {}

  /** It proves no knowledge of a secret. */
  record Forged(String why) implements Authenticity {}

  /** It is signed, but not now: a copy of an earlier call, or a clock that is wrong. */
  record Stale(String why) implements Authenticity {}
}

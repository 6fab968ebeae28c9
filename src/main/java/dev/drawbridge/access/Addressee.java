package dev.drawbridge.access;

/** Who is told what becomes of a request. */
public enum Addressee {
  /** The ticket that it came from. */
  TICKET,
  /** The address that it named for this. */
  CALLBACK
}

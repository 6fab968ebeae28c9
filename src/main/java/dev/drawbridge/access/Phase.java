package dev.drawbridge.access;

/** How far the access of an operation has come. */
public enum Phase {
  /** No access yet. */
  QUEUED,
  /** Access stands and the connection is waited for. */
  GRANTED,
  /** The connection stands and access is being taken away. */
  CONNECTED,
  /** Access stood, and Azure has answered that it is gone. */
  REVOKED
}

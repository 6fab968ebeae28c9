package dev.drawbridge.access;

/** Who gets the access that a request needs. */
public enum Grantee {
  /** The vendor's service principal. */
  VENDOR,
  /** Drawbridge's own identity, to approve what the vendor has made. */
  DRAWBRIDGE,
  /** Nobody: people do it, and Drawbridge only watches. */
  NOBODY
}

package dev.drawbridge.access.port;

/**
 * A record as it was read, with the version that a change of it must still find.
 *
 * @param version opaque; the ledger's ETag
 */
public record Versioned<T>(T value, String version) {}

package dev.drawbridge.access;

import java.util.Optional;
import java.util.UUID;

/** Names one operation. Derived from what makes requests the same, so that a repeat finds it. */
public record OperationId(UUID value) implements Comparable<OperationId> {

  /**
   * @throws IllegalArgumentException if {@code text} is no GUID
   */
  public static OperationId parse(String text) {
    return new OperationId(Guids.parse(text));
  }

  /** As {@link #parse}, or nothing. */
  public static Optional<OperationId> ifValid(String text) {
    try {
      return Optional.of(parse(text));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  /** The operation of a caller's own Idempotency-Key. */
  public static OperationId ofKey(String idempotencyKey) {
    return new OperationId(Guids.of("idempotency-key", idempotencyKey));
  }

  /** The operation of a request that came without a key: its ticket and its content. */
  public static OperationId ofContent(ConnectionRequest request) {
    return new OperationId(Guids.of("content", request.fingerprint()));
  }

  /** The operation that takes the place of one that failed, however often it is put back. */
  public static OperationId ofReplay(OperationId failed) {
    return new OperationId(Guids.of("replay", failed.toString()));
  }

  @Override
  public int compareTo(OperationId other) {
    return value.compareTo(other.value);
  }

  @Override
  public String toString() {
    return value.toString();
  }
}

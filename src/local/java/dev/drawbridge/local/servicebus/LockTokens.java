package dev.drawbridge.local.servicebus;

import java.nio.ByteBuffer;
import java.util.UUID;

/** The bytes of a lock token in a delivery tag: those of a .NET Guid. */
final class LockTokens {
  private LockTokens() {}

  /** The first three fields of a .NET Guid are little-endian, the rest is as in a UUID. */
  static byte[] toDeliveryTag(UUID lockToken) {
    byte[] b =
        ByteBuffer.allocate(16)
            .putLong(lockToken.getMostSignificantBits())
            .putLong(lockToken.getLeastSignificantBits())
            .array();
    return new byte[] {
      b[3], b[2], b[1], b[0], b[5], b[4], b[7], b[6], b[8], b[9], b[10], b[11], b[12], b[13], b[14],
      b[15]
    };
  }
}

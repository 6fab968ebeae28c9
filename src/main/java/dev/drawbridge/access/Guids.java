package dev.drawbridge.access;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.UUID;
import java.util.regex.Pattern;

/** GUIDs: read strictly, and derived from content. */
public final class Guids {
  /** The namespace of the guid() function of ARM templates and Bicep. */
  private static final UUID ARM_NAMESPACE = UUID.fromString("11fb06fb-712d-4ddd-98c7-e71bbd588830");

  private static final Pattern FORM =
      Pattern.compile("[0-9A-Fa-f]{8}(-[0-9A-Fa-f]{4}){3}-[0-9A-Fa-f]{12}");

  private Guids() {}

  /**
   * The GUID that Bicep's {@code guid(parts…)} gives for the same parts: version 5 of the parts
   * joined with {@code -}. Infrastructure code can thus name the same ids.
   */
  public static UUID of(String... parts) {
    MessageDigest sha1;
    try {
      sha1 = MessageDigest.getInstance("SHA-1");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every Java platform has SHA-1", e);
    }
    sha1.update(
        ByteBuffer.allocate(16)
            .putLong(ARM_NAMESPACE.getMostSignificantBits())
            .putLong(ARM_NAMESPACE.getLeastSignificantBits())
            .array());
    ByteBuffer hash =
        ByteBuffer.wrap(sha1.digest(String.join("-", parts).getBytes(StandardCharsets.UTF_8)));
    long high = (hash.getLong() & ~0xF000L) | 0x5000L;
    long low = (hash.getLong() & ~(0b11L << 62)) | (0b10L << 62);
    return new UUID(high, low);
  }

  /**
   * Reads the 36 characters of a GUID, in either case.
   *
   * @throws IllegalArgumentException for anything else; {@link UUID#fromString} takes more
   */
  public static UUID parse(String text) {
    if (!FORM.matcher(text).matches()) {
      throw new IllegalArgumentException("must be a GUID of 36 characters");
    }
    return UUID.fromString(text);
  }
}

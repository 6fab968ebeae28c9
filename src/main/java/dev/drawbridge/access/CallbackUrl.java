package dev.drawbridge.access;

import dev.drawbridge.access.Limits.Callbacks;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Where a request wants to be told what becomes of it. That its host is no address in disguise is
 * checked here; which address the name leads to, each time that it is called.
 */
public record CallbackUrl(URI uri) {
  private static final int LONGEST = 1000;
  private static final int LAST_PORT = 65535;

  /**
   * A name of ASCII labels, at least two, the last of which is a word: what an address can be
   * written as, such as {@code 127.1} or {@code 0x7f000001}, is none.
   */
  private static final Pattern HOST =
      Pattern.compile(
          "([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\\.)+([a-z]{2,63}|xn--[a-z0-9-]{0,58}[a-z0-9])");

  private static final int LONGEST_HOST = 253;
  private static final Set<String> LOCAL_DOMAINS =
      Set.of("localhost", "localdomain", "local", "internal");
  private static final Set<String> LOOPBACK = Set.of("localhost", "127.0.0.1");

  /**
   * @throws IllegalArgumentException with a message that completes "callbackUrl …" and repeats
   *     nothing of the text, which may hold a secret
   */
  static CallbackUrl parse(String text, Callbacks allowed) {
    if (allowed == Callbacks.OFF) {
      throw new IllegalArgumentException(
          "can't be used: callbacks are off until the app has the setting CALLBACK_SECRET");
    }
    if (text.length() > LONGEST) {
      throw new IllegalArgumentException("must have at most %d characters".formatted(LONGEST));
    }
    URI uri = uri(text);
    if (uri.getRawUserInfo() != null || uri.getRawFragment() != null) {
      throw new IllegalArgumentException("must have neither a user nor a fragment");
    }
    if (uri.getPort() == 0 || uri.getPort() > LAST_PORT) {
      throw new IllegalArgumentException("must have a port from 1 to " + LAST_PORT);
    }
    String scheme = lower(uri.getScheme());
    String host = lower(uri.getHost());
    boolean isLoopback = allowed == Callbacks.LOOPBACK_TOO && LOOPBACK.contains(host);
    if (!scheme.equals("https") && !(isLoopback && scheme.equals("http"))) {
      throw new IllegalArgumentException("must be an https address");
    }
    if (!isLoopback) {
      checkPublic(host);
    }
    return new CallbackUrl(uri);
  }

  private static URI uri(String text) {
    try {
      if (text.chars().allMatch(c -> c > ' ' && c < 0x7f)) {
        URI uri = new URI(text);
        if (uri.getScheme() != null && uri.getHost() != null) {
          return uri;
        }
      }
    } catch (URISyntaxException e) {
      // Told without its message, which repeats the text.
    }
    throw new IllegalArgumentException(
        "must be an https address of ASCII characters, with a host that is a name");
  }

  private static void checkPublic(String host) {
    if (host.length() > LONGEST_HOST || !HOST.matcher(host).matches()) {
      throw new IllegalArgumentException(
          "must have a host that is a full name, such as hooks.example.com, and no address");
    }
    if (LOCAL_DOMAINS.contains(host.substring(host.lastIndexOf('.') + 1))) {
      throw new IllegalArgumentException("must have a host outside of the local network");
    }
  }

  private static String lower(String text) {
    return text.toLowerCase(Locale.ROOT);
  }

  @Override
  public String toString() {
    return uri.toString();
  }
}

package dev.drawbridge.local.astro;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Something that Astronomer tried to do, and what came of it.
 *
 * @param at by the local Azure's clock
 * @param status the HTTP status, or 0 if there was no answer
 * @param errorCode Azure's, or null if it worked
 */
public record Attempt(
    Instant at, VendorRequest request, Step step, int status, @Nullable String errorCode) {

  /** The steps to a connection, in their order; signing in is told of only when it fails. */
  public enum Step {
    SIGN_IN("sign in to the customer's tenant"),
    CREATE("create the %s"),
    OWN_SIDE("create its own side of the %s");

    private final String text;

    Step(String text) {
      this.text = text;
    }
  }

  public boolean succeeded() {
    return status >= 200 && status < 300;
  }

  /**
   * One line for people: {@code Astronomer tried to create the peering: 403 AuthorizationFailed}.
   */
  public String describe() {
    String result = errorCode == null ? String.valueOf(status) : status + " " + errorCode;
    return "Astronomer tried to %s: %s".formatted(step.text.formatted(request.what()), result);
  }
}

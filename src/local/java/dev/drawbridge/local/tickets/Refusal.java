package dev.drawbridge.local.tickets;

import dev.drawbridge.local.http.Response;

/** Ends a call with an error, in the vendor's own envelope. */
final class Refusal extends Exception {
  private static final long serialVersionUID = 1;

  private final transient Response response;

  Refusal(Response response) {
    super("HTTP " + response.status(), null, false, false);
    this.response = response;
  }

  Response response() {
    return response;
  }
}

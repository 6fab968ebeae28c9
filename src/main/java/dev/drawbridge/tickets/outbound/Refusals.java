package dev.drawbridge.tickets.outbound;

import dev.drawbridge.access.port.Messenger;
import dev.drawbridge.access.port.PassingFault;
import dev.drawbridge.access.port.PermanentFault;
import dev.drawbridge.tickets.outbound.Http.Answer;

/** What an answer means that is no success. */
final class Refusals {
  private Refusals() {}

  /**
   * A refusal that a person may mend within the day is a passing one: tokens expire, tickets are
   * moved, addresses mistyped.
   *
   * @param says the system's own words, free of secrets
   * @throws PassingFault if another attempt may succeed
   * @throws PermanentFault if it is the comment that is not taken
   */
  static void checkTicket(String system, Answer answer, String says) {
    int status = answer.status();
    if (isSuccess(status)) {
      return;
    }
    String told = "%s answers %d: %s".formatted(system, status, meaning(status));
    String message = says.isEmpty() ? told : "%s It says: %s".formatted(told, says);
    boolean isForGood =
        status >= 400
            && status < 500
            && switch (status) {
              case 401, 403, 404, 407, 408, 409, 423, 425, 429 -> false;
              default -> true;
            };
    if (isForGood) {
      throw new PermanentFault(code(status), message);
    }
    throw passing(answer, message);
  }

  /**
   * Standard Webhooks knows one refusal for good. The body is not told: whoever names the address
   * must not read there what is behind it.
   *
   * @throws PassingFault if it is to be sent again
   * @throws PermanentFault if it is not wanted any more
   */
  static void checkCallback(String host, Answer answer) {
    int status = answer.status();
    if (status == 410) {
      throw new PermanentFault(
          code(status), "The callback at %s answers 410: it wants no more.".formatted(host));
    }
    if (!isSuccess(status)) {
      String message =
          "The callback at %s answers %d%s."
              .formatted(
                  host, status, isRedirect(status) ? ", and redirects are not followed" : "");
      throw passing(answer, message);
    }
  }

  private static PassingFault passing(Answer answer, String message) {
    boolean effectUnknown = answer.status() >= 500 || answer.status() == 408;
    return new PassingFault(
        isOfThisOne(answer.status()) ? Messenger.NOT_THIS_ONE : code(answer.status()),
        message,
        answer.retryAfter(),
        effectUnknown);
  }

  /** A ticket that is not there or locked says nothing of the others. */
  private static boolean isOfThisOne(int status) {
    return status == 403 || status == 404 || status == 409 || status == 423;
  }

  private static String code(int status) {
    return "http" + status;
  }

  private static boolean isSuccess(int status) {
    return status >= 200 && status < 300;
  }

  private static boolean isRedirect(int status) {
    return status >= 300 && status < 400;
  }

  private static String meaning(int status) {
    if (isRedirect(status)) {
      return "redirects are not followed. Check its url in TICKETS.";
    }
    return switch (status) {
      case 401 -> "it does not know our account. Check user in TICKETS and the secret.";
      case 403 -> "our account may not do this. Check its role, and that it sees the ticket.";
      case 404 ->
          "it has no such ticket, or our account does not see it, or the url or the table in TICKETS"
              + " is wrong.";
      case 429 -> "we call too often.";
      default -> status >= 500 ? "it is not well." : "it does not take this.";
    };
  }
}

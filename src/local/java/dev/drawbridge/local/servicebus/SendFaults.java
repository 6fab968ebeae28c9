package dev.drawbridge.local.servicebus;

/** The faults that sends are to meet. A refusal comes before a lost answer. Not thread-safe. */
final class SendFaults {
  enum Fate {
    STORED,
    REFUSED,
    /** Stored, and the connection is cut before the sender hears of it. */
    STORED_ANSWER_LOST
  }

  private int refusals;
  private int lostAnswers;

  /** {@link Integer#MAX_VALUE}: until further notice. */
  void refuse(int times) {
    refusals = times;
  }

  /** {@link Integer#MAX_VALUE}: until further notice. */
  void loseAnswers(int times) {
    lostAnswers = times;
  }

  /** What becomes of the send that is there now. */
  Fate next() {
    if (refusals > 0) {
      refusals = oneLess(refusals);
      return Fate.REFUSED;
    }
    if (lostAnswers > 0) {
      lostAnswers = oneLess(lostAnswers);
      return Fate.STORED_ANSWER_LOST;
    }
    return Fate.STORED;
  }

  private static int oneLess(int times) {
    return times == Integer.MAX_VALUE ? times : times - 1;
  }
}

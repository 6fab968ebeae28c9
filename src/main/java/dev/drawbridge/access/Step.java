package dev.drawbridge.access;

/** What whoever asked is told, in the order in which it usually happens. */
public enum Step {
  ACCEPTED("accepted"),
  /**
   * Access stands, or the target is watched without any; with the text for Astronomer's support.
   */
  GRANTED("accessGranted"),
  /** What is seen of the connection has changed. */
  WAITING("waiting"),
  /** Connections wait of which a person has to say whose they are. */
  APPROVAL_NEEDED("approvalNeeded"),
  /** Something is not as it should be, and takes a person. */
  ATTENTION("attention"),
  CONNECTED("connected"),
  FAILED("failed"),
  CANCELED("canceled"),
  /** Azure has answered that access is gone. */
  REVOKED("accessRevoked");

  private final String word;

  Step(String word) {
    this.word = word;
  }

  /** The stable word for it, in markers and callbacks. */
  public String word() {
    return word;
  }
}

package dev.drawbridge.simulation;

/** Rules of the product, each taken out: the simulation must miss it. */
enum Mutation {
  /** An assignment goes though another operation needs it. */
  NO_HOLDER_CHECK("access.Grant", "isNeeded", Instead.NOTHING),
  /** An operation ends before its access was seen gone. */
  NO_VERIFICATION("access.flow.Revocation", "isOwed", Instead.NOTHING),
  /** A peering that is half made passes for one that stands. */
  NO_STRICT_CONFIRMATION("access.VnetPeering", "stands", Instead.TRUE),
  /** What lost its grant stays for ever. */
  NO_ORPHAN_SWEEP("access.flow.Orphans", "adopt", Instead.NOTHING),
  /** A call that is under way is not waited for. */
  NO_WAIT_FOR_GRANTS_IN_FLIGHT("access.Grant", "isSettled", Instead.TRUE),
  /** Azure's first answer that there is none passes for the end. */
  DELETES_NOTHING_UNSEEN("access.Grant", "mayHaveStood", Instead.NOTHING),
  /** Time does not end anything. */
  NO_EXPIRY("access.Operation", "isExpired", Instead.NOTHING),
  /** Nobody looks whether a comment is there before it is written again. */
  NO_LOOK_FOR_THE_MARKER("access.Notice", "attempts", Instead.NOTHING),
  /** What has ended is put away untold. */
  NOTHING_IS_TOLD_AFTER_THE_END("access.Outbox", "isDone", Instead.TRUE),
  /** What is allowed is not asked. */
  NO_POLICY("access.Policy", "refusals", Instead.NO_ONE),
  /** A foreign assignment is written over. */
  NO_CARE_FOR_FOREIGN_ONES("access.flow.Assigning", "refuseForeign", Instead.NOTHING),
  /** The role stays when nothing uses it. */
  NO_TIDYING("access.flow.Revocation", "tidyRole", Instead.NOTHING),
  /** What stands for an ended operation is not removed. */
  NO_CLOSING("ledger.TableLedger", "remove", Instead.NOTHING),
  /** What nobody needs any more is left standing. */
  NO_ACCESS_IS_TAKEN_AWAY("access.flow.Revocation", "reconcile", Instead.NOTHING),
  /** What was lost, or never sent, is not sent again. */
  NO_SECOND_MESSAGE("access.flow.Sweep", "deliver", Instead.NOTHING),
  /** What a queue has given up is not kept. */
  NO_EVIDENCE("ledger.TableLedger", "park", Instead.NOTHING),
  /** What waits for a message that was given up goes on waiting. */
  NO_END_FOR_DEAD_LETTERS("access.flow.Parking", "fail", Instead.NOTHING),
  /** What is put back goes by the name of what has failed. */
  NO_NAME_FOR_REPLAYS("access.OperationId", "ofReplay", Instead.ARGUMENT),
  /** What goes on, or is not wanted any more, is put back. */
  NO_LOOK_AT_WHAT_IS_PUT_BACK("access.flow.Replaying", "unlessFailed", Instead.ABSENT),
  /** Nobody asks whether all is revoked, before a grant nor else. */
  NO_BRAKE("ledger.TableLedger", "stop", Instead.ABSENT),
  /** The brake leaves what is granted, or about to be. */
  NO_END_BY_THE_BRAKE("access.flow.Sweep", "revoke", Instead.NOTHING);

  /** What a method does whose rule is taken out. */
  enum Instead {
    /** Nothing; it answers with false or 0, if it has to answer. */
    NOTHING,
    /** It answers with true. */
    TRUE,
    /** It answers with an empty list. */
    NO_ONE,
    /** It answers that there is none. */
    ABSENT,
    /** It answers with the first that it is given, as it is. */
    ARGUMENT
  }

  final String type;
  final String method;
  final Instead instead;

  Mutation(String type, String method, Instead instead) {
    this.type = Weaver.PRODUCT + type;
    this.method = method;
    this.instead = instead;
  }
}

package dev.drawbridge.access.port;

import dev.drawbridge.access.Addressee;
import dev.drawbridge.access.ConnectionRequest;
import dev.drawbridge.access.Notice;
import dev.drawbridge.access.Operation;
import java.util.Set;

/** The ticketing systems and callbacks that are told what becomes of a request. */
public interface Messenger {

  /**
   * The code of a {@link PassingFault} that says nothing of the line: what it serves otherwise goes
   * on.
   */
  String NOT_THIS_ONE = "notThisOne";

  /** Who is to be told of a request's operation. */
  Set<Addressee> addressees(ConnectionRequest request);

  /**
   * The name of what has to be up for an addressee to be reached, such as {@code zendesk}: when it
   * fails for one operation, it does for all.
   */
  String line(Operation operation, Addressee to);

  /**
   * Looks for the notice where it would be if an attempt before had come through. Where one can't
   * look, as at a callback, it says no: who is called there tells repetitions by their id.
   *
   * @throws PassingFault if it can't be found out now
   * @throws PermanentFault if it never can
   */
  boolean hasTold(Operation operation, Notice notice);

  /**
   * Tells it, in one call.
   *
   * @throws PassingFault if it was not taken now, or may have been; with how long to wait, where
   *     the other side says so
   * @throws PermanentFault if it will never be taken
   */
  void tell(Operation operation, Notice notice);
}

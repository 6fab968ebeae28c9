package dev.drawbridge.local.servicebus;

import org.apache.qpid.protonj2.engine.Link;
import org.apache.qpid.protonj2.types.transport.ErrorCondition;

/** What all links have in common. */
final class Links {
  private Links() {}

  /**
   * Refuses a link the AMQP way: an attach without source and target, then a detach with the error.
   * With either of them the SDK would first take the link to be open.
   */
  static void refuse(Link<?> link, ErrorCondition error) {
    link.setCondition(error);
    link.open();
    link.close();
  }

  /** Answers the end of a link, and cleans up whether it, its session or its connection ends. */
  static <L extends Link<L>> void onEnd(L link, Runnable cleanup) {
    link.closeHandler(
        closed -> {
          cleanup.run();
          closed.close();
        });
    link.detachHandler(
        detached -> {
          cleanup.run();
          detached.detach();
        });
    link.parentEndpointClosedHandler(orphan -> cleanup.run());
    link.engineShutdownHandler(engine -> cleanup.run());
  }
}

package dev.drawbridge.local.servicebus;

/** A receiver that a queue hands its messages to. */
interface MessageConsumer {
  /** Whether it can take one more message now. */
  boolean ready();

  /** Receive and delete: the message leaves the queue as it is handed over. Else peek-lock. */
  boolean deletesOnReceipt();

  void deliver(StoredMessage stored);
}

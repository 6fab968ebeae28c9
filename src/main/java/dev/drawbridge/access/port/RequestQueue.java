package dev.drawbridge.access.port;

import dev.drawbridge.access.Attempt;
import dev.drawbridge.access.Operation;

/** The queue on which operations wait for their grant. */
public interface RequestQueue {

  /**
   * Sends the operation's message, to be delivered at its due time. The same attempt of the same
   * operation sent twice is delivered once, as long as the queue remembers.
   *
   * @throws PassingFault if the queue has not answered that it holds the message
   */
  void send(Operation operation);

  /**
   * Reads the body of a message that was received.
   *
   * @throws IllegalArgumentException if it is none of ours
   */
  Attempt read(String message);
}

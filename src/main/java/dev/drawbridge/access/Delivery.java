package dev.drawbridge.access;

import java.time.Instant;

/**
 * The message that carries an operation to its grant.
 *
 * @param attempt how many attempts at the grant have failed in passing; also names the message
 * @param dueAt when the message is to be delivered
 * @param sent whether Service Bus has answered that it holds the message
 */
public record Delivery(int attempt, Instant dueAt, boolean sent) {
  Delivery markedSent() {
    return new Delivery(attempt, dueAt, true);
  }
}

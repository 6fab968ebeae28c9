package dev.drawbridge.local.servicebus;

import java.util.UUID;
import org.apache.qpid.protonj2.engine.OutgoingDelivery;
import org.apache.qpid.protonj2.engine.Sender;
import org.apache.qpid.protonj2.types.messaging.Accepted;
import org.apache.qpid.protonj2.types.messaging.Modified;
import org.apache.qpid.protonj2.types.messaging.Rejected;
import org.apache.qpid.protonj2.types.messaging.Released;
import org.apache.qpid.protonj2.types.transport.DeliveryState;
import org.apache.qpid.protonj2.types.transport.ErrorCondition;
import org.apache.qpid.protonj2.types.transport.SenderSettleMode;

/** A link on which the client receives a queue's messages and settles them. */
final class ReceiverLink implements MessageConsumer {
  /** The SDK gives a link up when more than 256 deliveries wait in it. */
  private static final int MAX_UNSETTLED = 200;

  private final Sender link;
  private final Queue queue;
  private final AmqpConnection connection;
  private final MessageCodec codec;
  private int unsettled;

  ReceiverLink(Sender link, Queue queue, MessageCodec codec, AmqpConnection connection) {
    this.link = link;
    this.queue = queue;
    this.codec = codec;
    this.connection = connection;
  }

  void open() {
    Links.onEnd(link, () -> queue.remove(this));
    link.deliveryStateUpdatedHandler(this::settle);
    link.open();
    queue.add(this);
  }

  @Override
  public boolean ready() {
    return unsettled < MAX_UNSETTLED && link.isSendable() && !connection.isCut();
  }

  @Override
  public boolean deletesOnReceipt() {
    return link.getSenderSettleMode() == SenderSettleMode.SETTLED;
  }

  @Override
  public void deliver(StoredMessage stored) {
    OutgoingDelivery delivery = link.next();
    UUID token = stored.lockToken;
    if (token == null) {
      delivery.setTag(LockTokens.toDeliveryTag(UUID.randomUUID())).settle();
    } else {
      delivery.setTag(LockTokens.toDeliveryTag(token)).setLinkedResource(token);
      unsettled++;
    }
    delivery.writeBytes(codec.encode(stored));
  }

  private void settle(OutgoingDelivery delivery) {
    UUID token = delivery.getLinkedResource(UUID.class);
    DeliveryState outcome = delivery.getRemoteState();
    if (token == null || outcome == null || delivery.isSettled()) {
      return;
    }
    boolean done = apply(outcome, token);
    unsettled--;
    // The SDK settles what it had prefetched after it closed the link; protonj2 can't answer that.
    if (!link.isLocallyClosedOrDetached()) {
      delivery.disposition(done ? outcome : new Rejected(AmqpErrors.lockLost()), true);
    }
  }

  private boolean apply(DeliveryState outcome, UUID token) {
    if (outcome instanceof Accepted) {
      return queue.complete(token);
    }
    if (outcome instanceof Released) {
      return queue.release(token);
    }
    if (outcome instanceof Modified modified) {
      var properties = Arguments.stringKeys(modified.getMessageAnnotations());
      return modified.isUndeliverableHere()
          ? queue.defer(token, properties)
          : queue.abandon(token, properties);
    }
    if (outcome instanceof Rejected rejected) {
      ErrorCondition error = rejected.getError();
      return queue.deadLetter(token, Arguments.stringKeys(error == null ? null : error.getInfo()));
    }
    throw new IllegalStateException("No outcome: " + outcome);
  }
}

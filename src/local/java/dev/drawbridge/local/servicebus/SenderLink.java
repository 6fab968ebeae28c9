package dev.drawbridge.local.servicebus;

import java.util.List;
import org.apache.qpid.protonj2.buffer.ProtonBuffer;
import org.apache.qpid.protonj2.codec.DecodeException;
import org.apache.qpid.protonj2.engine.IncomingDelivery;
import org.apache.qpid.protonj2.engine.Receiver;
import org.apache.qpid.protonj2.types.messaging.Accepted;
import org.apache.qpid.protonj2.types.messaging.Rejected;

/** A link on which the client sends messages, alone or in batches, to a queue. */
final class SenderLink {
  /** In bytes, for a message as for a batch: what Azure's standard tier takes. */
  static final int MAX_MESSAGE_SIZE = 256 * 1024;

  private static final int CREDIT = 1000;

  private final Receiver link;
  private final Queue queue;
  private final MessageCodec codec;
  private final SendFaults faults;
  private final AmqpConnection connection;

  SenderLink(
      Receiver link,
      Queue queue,
      MessageCodec codec,
      SendFaults faults,
      AmqpConnection connection) {
    this.link = link;
    this.queue = queue;
    this.codec = codec;
    this.faults = faults;
    this.connection = connection;
  }

  void open() {
    link.closeHandler(Receiver::close).detachHandler(Receiver::detach);
    link.deliveryReadHandler(this::read);
    link.open();
    link.addCredit(CREDIT);
  }

  private void read(IncomingDelivery delivery) {
    // Once the connection is cut, what came with the last bytes is lost too.
    if (delivery.isPartial() || delivery.isAborted() || connection.isCut()) {
      return;
    }
    if (link.getCredit() < CREDIT / 2) {
      link.addCredit(CREDIT / 2);
    }
    ProtonBuffer transfer = delivery.readAll();
    int size = transfer.getReadableBytes();
    if (size > MAX_MESSAGE_SIZE) {
      delivery.disposition(new Rejected(AmqpErrors.tooLarge(size, MAX_MESSAGE_SIZE)), true);
      return;
    }
    List<Message> messages;
    try {
      messages = codec.decode(delivery.getMessageFormat(), transfer);
    } catch (DecodeException e) {
      delivery.disposition(new Rejected(AmqpErrors.undecodable(e)), true);
      return;
    }
    store(messages, delivery);
  }

  private void store(List<Message> messages, IncomingDelivery delivery) {
    switch (faults.next()) {
      case REFUSED -> delivery.disposition(new Rejected(AmqpErrors.serverBusy()), true);
      case STORED -> {
        messages.forEach(queue::enqueue);
        delivery.disposition(Accepted.getInstance(), true);
      }
      case STORED_ANSWER_LOST -> {
        messages.forEach(queue::enqueue);
        connection.cut();
      }
    }
  }
}

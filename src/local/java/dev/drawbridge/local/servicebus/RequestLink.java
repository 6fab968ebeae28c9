package dev.drawbridge.local.servicebus;

import java.util.UUID;
import java.util.function.Function;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.apache.qpid.protonj2.codec.DecodeException;
import org.apache.qpid.protonj2.engine.IncomingDelivery;
import org.apache.qpid.protonj2.engine.Receiver;
import org.apache.qpid.protonj2.engine.Sender;
import org.apache.qpid.protonj2.types.messaging.Accepted;
import org.apache.qpid.protonj2.types.messaging.Properties;
import org.apache.qpid.protonj2.types.messaging.Rejected;
import org.jspecify.annotations.Nullable;

/** A link on which the client sends requests; each has a reply on the link that it names. */
final class RequestLink {
  /** Where replies to an address go; null where there is no such link. */
  @FunctionalInterface
  interface ReplyLinks {
    @Nullable Sender find(@Nullable String replyTo);
  }

  private static final Logger LOG = Logger.getLogger(RequestLink.class.getName());
  private static final int CREDIT = 100;

  private final Receiver link;
  private final MessageCodec codec;
  private final Function<Message, Reply> handler;
  private final ReplyLinks replyLinks;

  RequestLink(
      Receiver link, MessageCodec codec, Function<Message, Reply> handler, ReplyLinks replyLinks) {
    this.link = link;
    this.codec = codec;
    this.handler = handler;
    this.replyLinks = replyLinks;
  }

  void open() {
    link.closeHandler(Receiver::close).detachHandler(Receiver::detach);
    link.deliveryReadHandler(this::read);
    link.open();
    link.addCredit(CREDIT);
  }

  private void read(IncomingDelivery delivery) {
    if (delivery.isPartial() || delivery.isAborted()) {
      return;
    }
    link.addCredit(1);
    Message request;
    try {
      request = codec.decode(delivery.readAll());
    } catch (DecodeException e) {
      delivery.disposition(new Rejected(AmqpErrors.undecodable(e)), true);
      return;
    }
    delivery.disposition(Accepted.getInstance(), true);
    Properties properties = request.properties();
    Sender replyLink = replyLinks.find(properties.getReplyTo());
    if (replyLink == null) {
      LOG.log(Level.WARNING, "A request has no link for its reply: {0}", properties);
      return;
    }
    Reply reply = handler.apply(request);
    replyLink
        .next()
        .setTag(LockTokens.toDeliveryTag(UUID.randomUUID()))
        .settle()
        .writeBytes(
            codec.encodeReply(
                properties.getMessageId(), reply.applicationProperties(), reply.body()));
  }
}

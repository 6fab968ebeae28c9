package dev.drawbridge.local.servicebus;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import org.apache.qpid.protonj2.engine.Receiver;
import org.apache.qpid.protonj2.engine.Sender;
import org.apache.qpid.protonj2.engine.Session;
import org.apache.qpid.protonj2.types.Symbol;
import org.apache.qpid.protonj2.types.UnsignedLong;
import org.apache.qpid.protonj2.types.messaging.Source;
import org.apache.qpid.protonj2.types.messaging.Target;
import org.apache.qpid.protonj2.types.messaging.Terminus;
import org.apache.qpid.protonj2.types.transport.ErrorCondition;
import org.jspecify.annotations.Nullable;

/** Opens the links that a client asks for, or refuses them. */
final class LinkAcceptor {
  private static final String TOKEN_SERVICE = "$cbs";
  private static final String MANAGEMENT = "/$management";
  private static final Symbol SESSION_FILTER = Symbol.valueOf("com.microsoft:session-filter");

  /** Reply addresses are the client's own names: another session may have the same. */
  private record ReplyAddress(Session session, @Nullable String address) {}

  private final Broker broker;
  private final AmqpConnection connection;
  private final Map<ReplyAddress, Sender> replyLinks = new HashMap<>();

  LinkAcceptor(Broker broker, AmqpConnection connection) {
    this.broker = broker;
    this.connection = connection;
  }

  /** A link on which the client sends: messages to a queue, or requests. */
  void clientSends(Receiver link) {
    Terminus terminus = link.getRemoteTarget();
    if (!(terminus instanceof Target target)) {
      Links.refuse(link, AmqpErrors.notImplemented("Transactions are"));
      return;
    }
    String address = orEmpty(target.getAddress());
    if (address.equalsIgnoreCase(TOKEN_SERVICE)) {
      openRequestLink(link, target, request -> Reply.accepted());
      return;
    }
    Queue queue = broker.find(withoutManagement(address));
    if (queue == null) {
      Links.refuse(link, missing(address));
    } else if (isManagement(address)) {
      Management management =
          new Management(queue, broker.codec(), broker.faults(), connection::cut);
      openRequestLink(link, target, management::handle);
    } else if (queue.deadLetters() == null) {
      Links.refuse(link, AmqpErrors.notAllowed("Nothing can be sent to " + queue.address()));
    } else {
      accept(link, target);
      new SenderLink(link, queue, broker.codec(), broker.faults(), connection).open();
    }
  }

  /** A link on which the client receives: messages from a queue, or replies. */
  void clientReceives(Sender link) {
    Source source = link.getRemoteSource();
    String address = source == null ? "" : orEmpty(source.getAddress());
    if (address.equalsIgnoreCase(TOKEN_SERVICE) || isManagement(address)) {
      openReplyLink(link, source);
      return;
    }
    Queue queue = broker.find(address);
    if (queue == null) {
      Links.refuse(link, missing(address));
    } else if (source.getFilter() != null && source.getFilter().containsKey(SESSION_FILTER)) {
      Links.refuse(link, AmqpErrors.notImplemented("Message sessions are"));
    } else {
      accept(link, source);
      new ReceiverLink(link, queue, broker.codec(), connection).open();
    }
  }

  private void openRequestLink(Receiver link, Target target, Function<Message, Reply> handler) {
    accept(link, target);
    new RequestLink(
            link,
            broker.codec(),
            handler,
            replyTo -> replyLinks.get(new ReplyAddress(link.getSession(), replyTo)))
        .open();
  }

  private void openReplyLink(Sender link, @Nullable Source source) {
    Target target = link.getRemoteTarget();
    if (target == null) {
      Links.refuse(link, AmqpErrors.invalid("A link for replies needs a target"));
      return;
    }
    ReplyAddress key = new ReplyAddress(link.getSession(), target.getAddress());
    accept(link, source);
    Links.onEnd(link, () -> replyLinks.remove(key));
    replyLinks.put(key, link);
    link.open();
  }

  private static void accept(Receiver link, Target target) {
    link.setSource(link.getRemoteSource()).setTarget(target);
    link.setSenderSettleMode(link.getRemoteSenderSettleMode());
    // Without a size the SDK takes it to be zero.
    link.setMaxMessageSize(UnsignedLong.valueOf(SenderLink.MAX_MESSAGE_SIZE));
  }

  private static void accept(Sender link, @Nullable Source source) {
    Target target = link.getRemoteTarget();
    link.setSource(source).setTarget(target);
    link.setSenderSettleMode(link.getRemoteSenderSettleMode());
    link.setReceiverSettleMode(link.getRemoteReceiverSettleMode());
  }

  private static ErrorCondition missing(String address) {
    return address.toLowerCase(Locale.ROOT).contains("/subscriptions/")
        ? AmqpErrors.notImplemented("Topics and subscriptions are")
        : AmqpErrors.entityNotFound(withoutManagement(address));
  }

  private static boolean isManagement(String address) {
    return address.toLowerCase(Locale.ROOT).endsWith(MANAGEMENT);
  }

  private static String withoutManagement(String address) {
    return isManagement(address)
        ? address.substring(0, address.length() - MANAGEMENT.length())
        : address;
  }

  private static String orEmpty(@Nullable String address) {
    return address == null ? "" : address;
  }
}

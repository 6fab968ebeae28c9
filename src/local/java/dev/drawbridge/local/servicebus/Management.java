package dev.drawbridge.local.servicebus;

import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import org.apache.qpid.protonj2.types.Binary;
import org.jspecify.annotations.Nullable;

/**
 * The requests at a queue's {@code $management}: what can't be said with a link alone.
 *
 * <p>See "AMQP 1.0 in Azure Service Bus: request-response-based operations" in Azure's
 * documentation.
 */
final class Management {
  private static final String PREFIX = "com.microsoft:";

  private final Queue queue;
  private final MessageCodec codec;
  private final SendFaults faults;
  private final Runnable cutConnection;

  Management(Queue queue, MessageCodec codec, SendFaults faults, Runnable cutConnection) {
    this.queue = queue;
    this.codec = codec;
    this.faults = faults;
    this.cutConnection = cutConnection;
  }

  /** Does what the request asks, or answers why not. */
  Reply handle(Message request) {
    String operation = String.valueOf(request.applicationProperties().get("operation"));
    Function<Arguments, Reply> action = find(operation);
    if (action == null) {
      return Reply.error(501, AmqpErrors.notImplemented("The operation " + operation + " is"));
    }
    try {
      return action.apply(new Arguments(codec.value(request)));
    } catch (IllegalArgumentException e) {
      return Reply.error(400, AmqpErrors.invalid(operation + ": " + e.getMessage()));
    }
  }

  private @Nullable Function<Arguments, Reply> find(String operation) {
    return switch (operation) {
      case PREFIX + "schedule-message" -> this::schedule;
      case PREFIX + "cancel-scheduled-message" -> this::cancelScheduled;
      case PREFIX + "peek-message" -> this::peek;
      case PREFIX + "receive-by-sequence-number" -> this::receiveDeferred;
      case PREFIX + "renew-lock" -> this::renewLocks;
      case PREFIX + "update-disposition" -> this::settle;
      default -> null;
    };
  }

  private Reply schedule(Arguments arguments) {
    if (queue.deadLetters() == null) {
      return Reply.error(400, AmqpErrors.notAllowed("Nothing can be sent to " + queue.address()));
    }
    List<Message> messages =
        arguments.maps("messages").stream()
            .map(entry -> codec.decode(entry.binary("message").asProtonBuffer()))
            .toList();
    SendFaults.Fate fate = faults.next();
    if (fate == SendFaults.Fate.REFUSED) {
      return Reply.error(503, AmqpErrors.serverBusy());
    }
    long[] numbers = messages.stream().mapToLong(queue::enqueue).toArray();
    if (fate == SendFaults.Fate.STORED_ANSWER_LOST) {
      cutConnection.run();
    }
    return Reply.ok(Map.of("sequence-numbers", numbers));
  }

  private Reply cancelScheduled(Arguments arguments) {
    for (Long number : arguments.longs("sequence-numbers")) {
      if (!queue.cancelScheduled(number)) {
        return Reply.error(404, AmqpErrors.messageNotFound());
      }
    }
    return Reply.ok(Map.of());
  }

  private Reply peek(Arguments arguments) {
    List<StoredMessage> found =
        queue.peek(
            arguments.number("from-sequence-number").longValue(),
            arguments.number("message-count").intValue());
    return found.isEmpty()
        ? Reply.error(204, AmqpErrors.messageNotFound())
        : Reply.ok(Map.of("messages", found.stream().map(this::entry).toList()));
  }

  private Reply receiveDeferred(Arguments arguments) {
    // The receiver settle mode: first (0) is receive and delete here, second (1) is peek-lock.
    boolean delete = arguments.number("receiver-settle-mode").intValue() == 0;
    Optional<List<StoredMessage>> taken =
        queue.receiveDeferred(arguments.longs("sequence-numbers"), delete);
    return taken.isEmpty()
        ? Reply.error(404, AmqpErrors.messageNotFound())
        : Reply.ok(Map.of("messages", taken.get().stream().map(this::entry).toList()));
  }

  private Map<String, Object> entry(StoredMessage stored) {
    Map<String, Object> entry = new LinkedHashMap<>();
    entry.put("message", new Binary(MessageCodec.bytes(codec.encode(stored))));
    if (stored.lockToken != null) {
      entry.put("lock-token", stored.lockToken);
    }
    return entry;
  }

  private Reply renewLocks(Arguments arguments) {
    List<Instant> expirations = new ArrayList<>();
    for (UUID token : arguments.lockTokens()) {
      Optional<Instant> expiration = queue.renew(token);
      if (expiration.isEmpty()) {
        return Reply.error(410, AmqpErrors.lockLost());
      }
      expirations.add(expiration.get());
    }
    return Reply.ok(new MessageCodec.Expirations(expirations));
  }

  private Reply settle(Arguments arguments) {
    String status = arguments.text("disposition-status");
    Map<String, Object> properties = arguments.properties("properties-to-modify");
    for (UUID token : arguments.lockTokens()) {
      boolean settled =
          switch (status) {
            case "completed" -> queue.complete(token);
            case "abandoned" -> queue.abandon(token, properties);
            case "defered" -> queue.defer(token, properties); // sic
            case "suspended" -> queue.deadLetter(token, withReason(properties, arguments));
            default -> throw new IllegalArgumentException("No disposition status: " + status);
          };
      if (!settled) {
        return Reply.error(410, AmqpErrors.lockLost());
      }
    }
    return Reply.ok(Map.of());
  }

  private static Map<String, Object> withReason(
      Map<String, Object> properties, Arguments arguments) {
    Map<String, Object> all = new LinkedHashMap<>(properties);
    DeadLetter why =
        new DeadLetter(
            arguments.textIfThere("deadletter-reason"),
            arguments.textIfThere("deadletter-description"));
    all.putAll(why.applicationProperties());
    return all;
  }
}

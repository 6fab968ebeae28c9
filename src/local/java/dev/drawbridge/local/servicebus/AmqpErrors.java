package dev.drawbridge.local.servicebus;

import org.apache.qpid.protonj2.codec.DecodeException;
import org.apache.qpid.protonj2.types.transport.ErrorCondition;

/** The errors that the broker answers with. The SDK knows them by their condition. */
final class AmqpErrors {
  private AmqpErrors() {}

  static ErrorCondition entityNotFound(String address) {
    return new ErrorCondition(
        "amqp:not-found",
        "The messaging entity 'sb://localhost/" + address + "' could not be found.");
  }

  /**
   * @param what subject and verb, such as "Sessions are"
   */
  static ErrorCondition notImplemented(String what) {
    return new ErrorCondition(
        "amqp:not-implemented", what + " not implemented in the local Service Bus.");
  }

  static ErrorCondition notAllowed(String why) {
    return new ErrorCondition("amqp:not-allowed", why);
  }

  static ErrorCondition invalid(String why) {
    return new ErrorCondition("amqp:invalid-field", why);
  }

  static ErrorCondition undecodable(DecodeException cause) {
    return new ErrorCondition("amqp:decode-error", cause.getMessage());
  }

  static ErrorCondition tooLarge(int size, int limit) {
    return new ErrorCondition(
        "amqp:link:message-size-exceeded",
        "The message has %d bytes; the limit is %d.".formatted(size, limit));
  }

  static ErrorCondition lockLost() {
    return new ErrorCondition(
        "com.microsoft:message-lock-lost",
        "The lock supplied is invalid. Either the lock expired, or the message has already been"
            + " removed from the queue.");
  }

  static ErrorCondition messageNotFound() {
    return new ErrorCondition("com.microsoft:message-not-found", "The message was not found.");
  }

  static ErrorCondition serverBusy() {
    return new ErrorCondition(
        "com.microsoft:server-busy",
        "The request was terminated because the namespace is being throttled.");
  }
}

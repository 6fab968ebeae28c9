package dev.drawbridge.functions;

import com.microsoft.azure.functions.ExecutionContext;
import dev.drawbridge.access.DeadLetter;
import dev.drawbridge.access.flow.Parking;
import dev.drawbridge.access.flow.Telling;
import java.util.Map;

/**
 * Takes dead letters as the host binds them, whatever their queue. Of what the Service Bus
 * extension offers, only the application properties say why a message was given up, and a message
 * may have no id.
 */
public final class DeadLetters {
  private final Parking parking;
  private final Telling telling;

  public DeadLetters(Parking parking, Telling telling) {
    this.parking = parking;
    this.telling = telling;
  }

  void take(
      String queue,
      long sequenceNumber,
      String enqueuedAt,
      String body,
      Map<String, Object> properties,
      ExecutionContext context) {
    DeadLetter letter = read(queue, sequenceNumber, enqueuedAt, body, properties);
    Invocation.run(
        context,
        log -> parking.park(letter, log).ifPresent(operation -> telling.run(operation, log)));
  }

  private static DeadLetter read(
      String queue,
      long sequenceNumber,
      String enqueuedAt,
      String body,
      Map<String, Object> properties) {
    return new DeadLetter(
        queue,
        sequenceNumber,
        enqueuedAt,
        body,
        text(properties, "DeadLetterReason"),
        text(properties, "DeadLetterErrorDescription"));
  }

  private static String text(Map<String, Object> properties, String name) {
    return properties.get(name) instanceof String text ? text : "";
  }
}

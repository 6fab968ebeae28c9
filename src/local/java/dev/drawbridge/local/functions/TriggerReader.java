package dev.drawbridge.local.functions;

import com.microsoft.azure.functions.HttpRequestMessage;
import com.microsoft.azure.functions.annotation.Cardinality;
import com.microsoft.azure.functions.annotation.HttpTrigger;
import com.microsoft.azure.functions.annotation.ServiceBusQueueTrigger;
import com.microsoft.azure.functions.annotation.TimerTrigger;
import java.lang.annotation.Annotation;
import java.lang.reflect.Parameter;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Consumer;

/** Reads a trigger's annotation and checks it against the settings and its parameter's type. */
final class TriggerReader {
  private static final String DEAD_LETTERS = "/$deadletterqueue";

  private final AppSettings settings;
  private final HostJson hostJson;

  TriggerReader(AppSettings settings, HostJson hostJson) {
    this.settings = settings;
    this.hostJson = hostJson;
  }

  static boolean isTrigger(Annotation annotation) {
    return annotation instanceof HttpTrigger
        || annotation instanceof ServiceBusQueueTrigger
        || annotation instanceof TimerTrigger;
  }

  /** The trigger, or nothing if {@code problem} was told why not. */
  Optional<Trigger> read(
      Annotation annotation, Parameter parameter, String function, Consumer<String> problem) {
    if (annotation instanceof HttpTrigger http) {
      return readHttp(http, parameter.getParameterizedType(), function, problem);
    }
    if (annotation instanceof ServiceBusQueueTrigger queue) {
      return readQueue(queue, parameter.getType(), problem);
    }
    return readTimer((TimerTrigger) annotation, parameter.getType(), problem);
  }

  private Optional<Trigger> readHttp(
      HttpTrigger http, Type type, String function, Consumer<String> problem) {
    if (!isRequest(type)) {
      problem.accept(
          "@HttpTrigger can't be a %s here: take HttpRequestMessage of String, byte[],"
                  .formatted(type.getTypeName())
              + " Optional<String> or Optional<byte[]>");
    }
    Optional<String> own = settings.resolve(http.route(), problem);
    if (own.isEmpty()) {
      return Optional.empty();
    }
    String asked = (own.get().isEmpty() ? function : own.get()).toLowerCase(Locale.ROOT);
    if (asked.startsWith("admin") || asked.startsWith("runtime")) {
      problem.accept("The specified route conflicts with one or more built in routes.");
      return Optional.empty();
    }
    String prefix = hostJson.routePrefix().isEmpty() ? "" : hostJson.routePrefix() + "/";
    String route = prefix + (own.get().isEmpty() ? function : own.get());
    try {
      RouteTemplate.parse(route);
    } catch (IllegalArgumentException e) {
      problem.accept(e.getMessage());
      return Optional.empty();
    }
    var methods = Arrays.stream(http.methods()).map(Enum::name).toList();
    return Optional.of(new Trigger.Http(route, methods, http.authLevel()));
  }

  private static boolean isRequest(Type type) {
    if (!(type instanceof ParameterizedType request)
        || request.getRawType() != HttpRequestMessage.class) {
      return false;
    }
    Type body = request.getActualTypeArguments()[0];
    if (body instanceof ParameterizedType optional && optional.getRawType() == Optional.class) {
      body = optional.getActualTypeArguments()[0];
    }
    return body == String.class || body == byte[].class;
  }

  private Optional<Trigger> readQueue(
      ServiceBusQueueTrigger queue, Class<?> type, Consumer<String> problem) {
    checkMessageType(queue.dataType(), type, problem);
    if (queue.isSessionsEnabled() || queue.cardinality() != Cardinality.ONE) {
      problem.accept("sessions and batches (Cardinality.MANY) are not run locally");
    }
    String connection =
        queue.connection().isEmpty() ? "AzureWebJobsServiceBus" : queue.connection();
    if (settings.get(connection).isEmpty()) {
      problem.accept(
          settings.get(connection + "__fullyQualifiedNamespace").isPresent()
              ? ("the setting %1$s__fullyQualifiedNamespace asks for an identity, which the local"
                      + " Service Bus does not know: set %1$s to its connection string")
                  .formatted(connection)
              : "the setting %s is missing: set it to Service Bus's connection string"
                  .formatted(connection));
    }
    return settings
        .resolve(queue.queueName(), problem)
        .map(
            name -> {
              boolean deadLetter = name.toLowerCase(Locale.ROOT).endsWith(DEAD_LETTERS);
              int length = name.length() - (deadLetter ? DEAD_LETTERS.length() : 0);
              return new Trigger.Queue(name.substring(0, length), deadLetter, connection);
            });
  }

  /** Without dataType "binary" the host hands text over, which never becomes a byte[]. */
  private static void checkMessageType(String dataType, Class<?> type, Consumer<String> problem) {
    boolean binary = dataType.equalsIgnoreCase("binary");
    if (type != String.class && type != byte[].class) {
      problem.accept(
          "@ServiceBusQueueTrigger can't be a %s here: take a String or byte[]"
              .formatted(type.getSimpleName()));
    } else if (binary != (type == byte[].class)) {
      problem.accept(
          "dataType \"%s\" does not go with %s: a byte[] needs \"binary\", a String must not have it"
              .formatted(dataType, type.getSimpleName()));
    }
  }

  private Optional<Trigger> readTimer(TimerTrigger timer, Class<?> type, Consumer<String> problem) {
    if (type != String.class) {
      problem.accept(
          "@TimerTrigger can't be a %s here: take a String, the timer's JSON"
              .formatted(type.getSimpleName()));
    }
    Optional<String> schedule = settings.resolve(timer.schedule(), problem);
    try {
      schedule.ifPresent(Ncrontab::parse);
    } catch (IllegalArgumentException e) {
      problem.accept(e.getMessage());
      return Optional.empty();
    }
    return schedule.map(Trigger.Timer::new);
  }
}

package dev.drawbridge.local.functions;

import com.azure.messaging.servicebus.ServiceBusClientBuilder;
import com.microsoft.azure.functions.spi.inject.FunctionInstanceInjector;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * All that is needed to start, checked.
 *
 * @param clients by the name of the setting with the connection string; listeners share a
 *     connection
 */
record Loaded(
    List<FunctionDefinition> functions,
    FunctionInstanceInjector injector,
    HostJson hostJson,
    Map<String, ServiceBusClientBuilder> clients) {

  /**
   * @throws FunctionsStartException that names all problems
   */
  static Loaded from(LocalFunctionsHost.Options options) {
    ClassLoader loader = Thread.currentThread().getContextClassLoader();
    List<String> problems = new ArrayList<>();
    AppSettings settings = new AppSettings(options.settings());
    HostJson hostJson = HostJson.read(options.hostJson(), problems);
    @Nullable FunctionInstanceInjector injector = options.injector();
    if (injector == null) {
      injector = Instances.injector(loader, problems);
    }
    List<FunctionDefinition> functions =
        new FunctionDiscovery(settings, hostJson, injector != null, problems)
            .inPackage(options.functionsPackage(), loader);
    Map<String, ServiceBusClientBuilder> clients = clients(functions, settings, problems);
    if (!problems.isEmpty()) {
      throw new FunctionsStartException(problems);
    }
    return new Loaded(
        functions, injector == null ? new Instances.ByConstructor() : injector, hostJson, clients);
  }

  List<QueueListener> listeners(Invoker invoker, Invocations invocations) {
    List<QueueListener> listeners = new ArrayList<>();
    for (FunctionDefinition function : functions) {
      if (function.trigger() instanceof Trigger.Queue queue) {
        ServiceBusClientBuilder client = clients.get(queue.connectionSetting());
        if (client != null) {
          listeners.add(new QueueListener(function, client, hostJson, invoker, invocations));
        }
      }
    }
    return listeners;
  }

  private static Map<String, ServiceBusClientBuilder> clients(
      List<FunctionDefinition> functions, AppSettings settings, List<String> problems) {
    Set<String> names = new TreeSet<>();
    for (FunctionDefinition function : functions) {
      if (function.trigger() instanceof Trigger.Queue queue) {
        names.add(queue.connectionSetting());
      }
    }
    Map<String, ServiceBusClientBuilder> clients = new HashMap<>();
    for (String name : names) {
      String value = settings.get(name).orElse("");
      try {
        clients.put(name, new ServiceBusClientBuilder().connectionString(value));
      } catch (RuntimeException e) { // of several types, for each way to be malformed
        problems.add(
            "The setting %s is no Service Bus connection string: %s"
                .formatted(name, e.getMessage()));
      }
    }
    return clients;
  }
}

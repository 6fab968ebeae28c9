package dev.drawbridge.local;

import com.fasterxml.jackson.databind.JsonNode;
import dev.drawbridge.local.astro.Astro;
import dev.drawbridge.local.astro.Behaviour;
import dev.drawbridge.local.astro.SupportRequest;
import dev.drawbridge.local.functions.FunctionInfo;
import dev.drawbridge.local.http.PortInUseException;
import java.io.PrintStream;
import java.time.Duration;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Starts the local Azure with Drawbridge in it, says where everything is, and stays. */
public final class Local {
  private Local() {}

  public static void main(String[] arguments) throws InterruptedException {
    try {
      run(System.out);
    } catch (PortInUseException | IllegalArgumentException e) {
      System.err.println(e.getMessage());
      System.exit(1);
    }
  }

  private static void run(PrintStream out) throws InterruptedException {
    Behaviour behaviour = LocalProperties.astro();
    LocalOptions options =
        LocalProperties.recording(LocalOptions.of(LocalClock.running()))
            .with(LocalProperties.ports())
            .withKeys(LocalProperties.requireKeys())
            .withTimers();
    LocalAzure azure = LocalAzure.start(options);
    Astro astro = Astro.start(azure.arm(), azure.clock(), Duration.ofSeconds(2));
    astro.behave(behaviour);
    astro.onAttempt(attempt -> out.println(attempt.describe()));
    CountDownLatch stopped = new CountDownLatch(1);
    Runtime.getRuntime()
        .addShutdownHook(
            new Thread(
                () -> {
                  stopped.countDown();
                  astro.close();
                  azure.close();
                  out.println("Stopped.");
                }));
    SampleTickets tickets = SampleTickets.open(azure.tickets());
    describe(azure, options, tickets, out);
    SupportDesk desk = new SupportDesk(azure, options, astro);
    while (!stopped.await(1, TimeUnit.SECONDS)) {
      desk.passOn();
    }
  }

  private static void describe(
      LocalAzure azure, LocalOptions options, SampleTickets tickets, PrintStream out) {
    String functions = "http://localhost:" + azure.functions().port();
    String key =
        options.requireKeys() ? " -H 'x-functions-key: " + LocalOptions.FUNCTION_KEY + "'" : "";
    out.println(
        """

        Drawbridge runs in a local Azure. Ctrl-C stops it.

          functions    %s
          ARM          %s   knobs and logs under /_local/
          Graph        %s
          Tables       %s
          Service Bus  %s
          Zendesk      %s   has ticket %s
          Jira         %s   has ticket %s
          ServiceNow   %s   has ticket %s
        """
            .formatted(
                functions,
                azure.arm().armEndpoint(),
                azure.arm().graphEndpoint(),
                azure.tables().endpoint(),
                "amqp://localhost:" + azure.serviceBus().port(),
                azure.tickets().zendesk().uri(),
                tickets.vnet(),
                azure.tickets().jira().uri(),
                tickets.vhub(),
                azure.tickets().serviceNow().uri(),
                tickets.privateLink()));
    for (FunctionInfo function : azure.functions().functions()) {
      out.println("  " + function);
    }
    out.println(
        """

        Try:
          curl -i %s/api/peerings%s -H 'Content-Type: application/json' -d @examples/vnet-peering.json
          curl %s/api/operations%s
          curl -X POST %s/admin/functions/RevokeConfirmedAccess   # a sweep now
        """
            .formatted(functions, key, functions, key, functions));
  }

  /** The person who pastes an operation's text into a support request, once each. */
  private static final class SupportDesk {
    private final ApiClient api;
    private final Astro astro;
    private final Set<String> passedOn = new HashSet<>();

    SupportDesk(LocalAzure azure, LocalOptions options, Astro astro) {
      this.astro = astro;
      this.api =
          new ApiClient(
              azure.api(),
              options.requireKeys()
                  ? Map.of("x-functions-key", LocalOptions.FUNCTION_KEY)
                  : Map.of());
    }

    void passOn() {
      for (JsonNode one : api.get("/operations?status=Running").body().path("operations")) {
        String id = one.path("id").asText();
        if (one.path("phase").asText().equals("granted") && passedOn.add(id)) {
          JsonNode operation = api.get("/operations/" + id).body();
          astro.request(
              SupportRequest.read(
                  operation.path("supportText").asText(), "astro-" + id.substring(0, 8)));
        }
      }
    }
  }
}

package dev.drawbridge.local;

/** x. */
public final class Demo {
  private Demo() {}

  public static void main(String[] arguments) throws Exception {
    try (LocalAzure azure =
            LocalAzure.start(
                LocalOptions.of(LocalClock.running())
                    .withSetting("SWEEP_SCHEDULE", "*/2 * * * * *")
                    .withTimers());
        dev.drawbridge.local.astro.Astro astro =
            dev.drawbridge.local.astro.Astro.start(
                azure.arm(), azure.clock(), java.time.Duration.ofSeconds(1))) {
      astro.onAttempt(a -> System.out.println(a.describe()));
      astro.request(
          new dev.drawbridge.local.astro.PeeringRequest(
              dev.drawbridge.local.arm.SampleWorld.SUBSCRIPTION,
              "rg-network",
              "vnet-data",
              "astro-peering",
              dev.drawbridge.local.arm.SampleWorld.ASTRO_VNET_ID));
      var http = java.net.http.HttpClient.newHttpClient();
      var r =
          http.send(
              java.net.http.HttpRequest.newBuilder(java.net.URI.create(azure.api() + "/peerings"))
                  .header("Content-Type", "application/json")
                  .POST(
                      java.net.http.HttpRequest.BodyPublishers.ofFile(
                          java.nio.file.Path.of("examples/vnet-peering.json")))
                  .build(),
              java.net.http.HttpResponse.BodyHandlers.ofString());
      System.out.println(r.statusCode() + " " + r.headers().map() + " " + r.body());
      String loc = r.headers().firstValue("operation-location").orElseThrow();
      for (int i = 0; i < 20; i++) {
        var g =
            http.send(
                java.net.http.HttpRequest.newBuilder(java.net.URI.create(loc)).build(),
                java.net.http.HttpResponse.BodyHandlers.ofString());
        if (i == 19 || g.body().contains("endedAt")) {
          System.out.println(g.statusCode() + " " + g.body());
          break;
        }
        java.util.concurrent.TimeUnit.SECONDS.sleep(1);
      }
    }
  }
}

package dev.drawbridge.local.tickets;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Where a ticketing system tells of its tickets, and what it told. */
final class Webhook {
  private final HttpClient client =
      HttpClient.newBuilder().followRedirects(HttpClient.Redirect.NEVER).build();
  private final Duration patience;
  private final Function<String, Map<String, String>> headers;
  private final List<CompletableFuture<Delivery>> deliveries = new CopyOnWriteArrayList<>();
  private volatile @Nullable URI to;

  /**
   * @param patience how long the vendor waits for an answer
   * @param headers the vendor's headers for a body, its signature among them
   */
  Webhook(Duration patience, Function<String, Map<String, String>> headers) {
    this.patience = patience;
    this.headers = headers;
  }

  void sendTo(URI address) {
    to = address;
  }

  Optional<URI> address() {
    return Optional.ofNullable(to);
  }

  /** Tells of an event, in the background; nobody is told while there is no address. */
  Optional<CompletableFuture<Delivery>> send(JsonNode event) {
    return address().map(address -> send(address, Json.write(event)));
  }

  /** What was sent, first things first. */
  List<CompletableFuture<Delivery>> deliveries() {
    return List.copyOf(deliveries);
  }

  private CompletableFuture<Delivery> send(URI address, String body) {
    Map<String, String> sent = new HashMap<>(headers.apply(body));
    sent.put("Content-Type", "application/json");
    HttpRequest.Builder request =
        HttpRequest.newBuilder(address)
            .timeout(patience)
            .POST(HttpRequest.BodyPublishers.ofString(body));
    sent.forEach(request::header);
    CompletableFuture<Delivery> delivery =
        client
            .sendAsync(request.build(), HttpResponse.BodyHandlers.ofString())
            .thenApply(
                answer -> new Delivery(address, sent, body, answer.statusCode(), answer.body()));
    deliveries.add(delivery);
    return delivery;
  }
}

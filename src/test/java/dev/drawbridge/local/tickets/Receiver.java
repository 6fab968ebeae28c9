package dev.drawbridge.local.tickets;

import dev.drawbridge.local.http.LocalServer;
import dev.drawbridge.local.http.Request;
import dev.drawbridge.local.http.Response;
import dev.drawbridge.tickets.Received;
import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Collectors;

/** Takes webhooks, as Drawbridge would. */
final class Receiver implements AutoCloseable {
  private final List<Request> requests = new CopyOnWriteArrayList<>();
  private final LocalServer server =
      LocalServer.start(
          "receiver",
          0,
          request -> {
            requests.add(request);
            return Response.json(202, Map.of("id", "op-" + requests.size()));
          });

  URI uri() {
    return server.uri();
  }

  Request last() {
    return requests.get(requests.size() - 1);
  }

  Received lastReceived() {
    return new Received(
        last().headers().entrySet().stream()
            .collect(
                Collectors.toMap(
                    header -> header.getKey().toLowerCase(Locale.ROOT),
                    header -> header.getValue().get(0))),
        last().text());
  }

  @Override
  public void close() {
    server.close();
  }
}

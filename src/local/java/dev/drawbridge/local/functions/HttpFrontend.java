package dev.drawbridge.local.functions;

import com.microsoft.azure.functions.annotation.AuthorizationLevel;
import dev.drawbridge.local.http.LocalServer;
import dev.drawbridge.local.http.Request;
import dev.drawbridge.local.http.Response;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.logging.Level;
import java.util.logging.Logger;

/** Routes HTTP requests to functions. */
final class HttpFrontend implements LocalServer.Handler {
  /** Azure's FUNCTIONS_REQUEST_BODY_SIZE_LIMIT where it is not set. */
  static final int BODY_LIMIT = 104_857_600;

  /** Has a function that has no route run, and returns the HTTP status to answer with. */
  @FunctionalInterface
  interface ByHand {
    int run(String function, byte[] body);
  }

  private static final Logger LOG = Logger.getLogger(HttpFrontend.class.getName());
  private static final RouteTemplate ADMIN = RouteTemplate.parse("admin/functions/{name}");

  private record Route(RouteTemplate template, Trigger.Http trigger, FunctionDefinition function) {}

  private final List<Route> routes;
  private final Keys keys;
  private final Invoker invoker;
  private final Invocations invocations;
  private final ByHand byHand;
  private volatile boolean closing;

  /**
   * @param functions tried in this order, as Azure's host does: a literal is not before a parameter
   */
  HttpFrontend(
      List<FunctionDefinition> functions,
      Keys keys,
      Invoker invoker,
      Invocations invocations,
      ByHand byHand) {
    this.routes =
        functions.stream()
            .filter(f -> f.trigger() instanceof Trigger.Http)
            .map(
                f -> {
                  Trigger.Http http = (Trigger.Http) f.trigger();
                  return new Route(RouteTemplate.parse(http.route()), http, f);
                })
            .toList();
    this.keys = keys;
    this.invoker = invoker;
    this.invocations = invocations;
    this.byHand = byHand;
  }

  /** From now on answers 503. */
  void stop() {
    closing = true;
  }

  @Override
  public Response handle(Request request) {
    if (closing) {
      return Response.empty(503);
    }
    String path;
    try {
      path = path(request.uri());
    } catch (IllegalArgumentException e) {
      return Response.empty(400);
    }
    Optional<Map<String, String>> admin = ADMIN.match(path.substring(1));
    if (admin.isPresent() && request.method().equals("POST")) {
      return administer(request, admin.get().getOrDefault("name", ""));
    }
    for (Route route : routes) {
      Optional<Map<String, String>> values = route.template().match(path.substring(1));
      if (values.isPresent() && route.trigger().allows(request.method())) {
        return invoke(route, request, path, values.get());
      }
    }
    return Response.empty(404); // for a method that no route has too: Azure knows no 405
  }

  private Response invoke(Route route, Request request, String path, Map<String, String> values) {
    if (!keys.allow(request, route.trigger().authLevel())) {
      return Response.empty(401);
    }
    if (request.body().length > BODY_LIMIT) {
      return Response.empty(413);
    }
    HttpExchangeData data;
    try {
      data = HttpExchangeData.of(request, path, values);
    } catch (IllegalArgumentException e) {
      return Response.empty(400);
    }
    TriggerInput input =
        new TriggerInput(
            type -> new WorkerRequest(data, data.body().as(type)),
            data.metadata(),
            Trace.of(data.headers().get("traceparent"), data.headers().get("tracestate")));
    String name = route.function().name();
    invocations.begin(name);
    try {
      return invoker.invoke(route.function(), input, WorkerResponse::toHttp);
    } catch (FunctionFailedException e) {
      LOG.log(Level.FINE, e, () -> "Answered with 500");
      return Response.empty(500);
    } finally {
      invocations.end(name);
    }
  }

  private Response administer(Request request, String function) {
    if (!keys.allow(request, AuthorizationLevel.ADMIN)) {
      return Response.empty(keys.allow(request, AuthorizationLevel.FUNCTION) ? 403 : 401);
    }
    return Response.empty(byHand.run(function, request.body()));
  }

  /** Java takes what follows two slashes for a host; on a request line it is a path. */
  private static String path(URI uri) {
    String raw = uri.getRawPath();
    if (uri.getScheme() == null && uri.getRawAuthority() != null) {
      raw = "//" + uri.getRawAuthority() + raw;
    }
    if (raw == null || !raw.startsWith("/")) {
      throw new IllegalArgumentException("Not an absolute path: " + raw);
    }
    return RequestPath.decode(raw);
  }
}

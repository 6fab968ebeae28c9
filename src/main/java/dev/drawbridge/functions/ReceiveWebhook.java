package dev.drawbridge.functions;

import com.microsoft.azure.functions.ExecutionContext;
import com.microsoft.azure.functions.HttpMethod;
import com.microsoft.azure.functions.HttpRequestMessage;
import com.microsoft.azure.functions.HttpResponseMessage;
import com.microsoft.azure.functions.HttpStatus;
import com.microsoft.azure.functions.annotation.AuthorizationLevel;
import com.microsoft.azure.functions.annotation.BindingName;
import com.microsoft.azure.functions.annotation.FunctionName;
import com.microsoft.azure.functions.annotation.HttpTrigger;
import dev.drawbridge.access.Operation;
import dev.drawbridge.access.Parsed;
import dev.drawbridge.access.Ticket;
import dev.drawbridge.access.flow.Operations;
import dev.drawbridge.tickets.Authenticity;
import dev.drawbridge.tickets.Event;
import dev.drawbridge.tickets.Received;
import dev.drawbridge.tickets.Source;
import dev.drawbridge.tickets.Webhooks;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * {@code POST /api/webhooks/{source}}: what a ticketing system sends. It needs no key, as the
 * call's own signature or secret says who calls. It never answers 409, which both Zendesk and Jira
 * would send again, and answers whatever may pass with 503 and Retry-After, which both do.
 */
public final class ReceiveWebhook {
  /** A host's name, which is what a CloudEvents sender gives as its origin. */
  private static final String ORIGIN = "[A-Za-z0-9.-]{1,253}";

  private static final String EVENTS_A_MINUTE = "120";

  private final Webhooks webhooks;
  private final Requests requests;
  private final Operations operations;
  private final Answers answers;
  private final Clock clock;

  public ReceiveWebhook(
      Webhooks webhooks, Requests requests, Operations operations, Answers answers, Clock clock) {
    this.webhooks = webhooks;
    this.requests = requests;
    this.operations = operations;
    this.answers = answers;
    this.clock = clock;
  }

  @FunctionName("ReceiveWebhook")
  public HttpResponseMessage run(
      @HttpTrigger(
              name = "request",
              methods = {HttpMethod.POST, HttpMethod.OPTIONS},
              authLevel = AuthorizationLevel.ANONYMOUS,
              route = "webhooks/{source}")
          HttpRequestMessage<Optional<String>> request,
      @BindingName("source") String source,
      ExecutionContext context) {
    Logger log = context.getLogger();
    try {
      return request.getHttpMethod() == HttpMethod.OPTIONS
          ? handshake(request, source)
          : answers.unlessNotTaken(request, log, () -> receive(request, source, context));
    } catch (RuntimeException e) {
      // Whatever it is, the ticket must not be lost: other 5xx are not sent again by Zendesk.
      log.log(Level.SEVERE, e, () -> "a webhook was not answered");
      return answers.problem(
          request,
          HttpStatus.SERVICE_UNAVAILABLE,
          "unexpected",
          "Drawbridge failed on this event; its log says why. Nothing was granted by it.");
    }
  }

  private HttpResponseMessage receive(
      HttpRequestMessage<Optional<String>> request, String name, ExecutionContext context)
      throws JsonBody.NotTaken {
    String body = JsonBody.text(request);
    Optional<Source> source = webhooks.source(name);
    if (source.isEmpty()) {
      return noSuchSource(request);
    }
    Received received = new Received(request.getHeaders(), body);
    refuseUnlessAuthentic(source.get(), received, context.getLogger());
    if (body.isBlank()) {
      return ignored(request, "The event has no body.");
    }
    Optional<String> unsupported = source.get().unsupported(received);
    if (unsupported.isPresent()) {
      throw new JsonBody.NotTaken(
          HttpStatus.UNSUPPORTED_MEDIA_TYPE, "unsupportedMediaType", unsupported.get());
    }
    Parsed<Event> event = source.get().event(received, JsonBody.object(body));
    return answer(request, event, source.get(), context);
  }

  private void refuseUnlessAuthentic(Source source, Received received, Logger log)
      throws JsonBody.NotTaken {
    Authenticity authenticity = source.check(received, clock.instant());
    if (authenticity instanceof Authenticity.Authentic) {
      return;
    }
    boolean isStale = authenticity instanceof Authenticity.Stale;
    String why =
        authenticity instanceof Authenticity.Stale stale
            ? stale.why()
            : ((Authenticity.Forged) authenticity).why();
    log.warning(() -> "webhook %s: refused. %s".formatted(source.name(), why));
    throw new JsonBody.NotTaken(HttpStatus.UNAUTHORIZED, isStale ? "stale" : "notAuthentic", why);
  }

  private HttpResponseMessage answer(
      HttpRequestMessage<?> request,
      Parsed<Event> parsed,
      Source source,
      ExecutionContext context) {
    if (parsed instanceof Parsed.Invalid<Event> invalid) {
      return answers.problem(
          request,
          HttpStatus.BAD_REQUEST,
          "invalidEvent",
          "The event lacks what its format requires.",
          invalid.violations());
    }
    Event event = ((Parsed.Valid<Event>) parsed).value();
    if (event instanceof Event.Asks asks) {
      return requests.take(
          request, asks.fields(), "webhook " + source.name(), source::explained, context);
    }
    return event instanceof Event.Closes closes
        ? canceled(request, closes.ticket())
        : ignored(request, ((Event.Ignored) event).why());
  }

  /** A ticket that is over takes what it asked for along. */
  private HttpResponseMessage canceled(HttpRequestMessage<?> request, Ticket ticket) {
    List<String> canceled =
        operations.cancel(ticket).stream().map(Operation::id).map(String::valueOf).toList();
    return canceled.isEmpty()
        ? ignored(request, "The ticket is closed, and no operation of it is open.")
        : answers.json(request, HttpStatus.ACCEPTED, Map.of("canceled", canceled));
  }

  private HttpResponseMessage ignored(HttpRequestMessage<?> request, String why) {
    return answers.json(request, HttpStatus.OK, Map.of("ignored", why));
  }

  private HttpResponseMessage noSuchSource(HttpRequestMessage<?> request) {
    return answers.problem(
        request,
        HttpStatus.NOT_FOUND,
        "sourceNotFound",
        "There is no source of this name, or it has no secret.");
  }

  /**
   * Lets a sender of CloudEvents know that it may send.
   *
   * @see <a
   *     href="https://github.com/cloudevents/spec/blob/v1.0.2/cloudevents/http-webhook.md#4-abuse-protection">HTTP
   *     1.1 Web Hooks: abuse protection</a>
   */
  private HttpResponseMessage handshake(HttpRequestMessage<?> request, String name) {
    if (webhooks.source(name).filter(Source::shakesHands).isEmpty()) {
      return noSuchSource(request);
    }
    String origin = request.getHeaders().getOrDefault("webhook-request-origin", "").strip();
    if (!origin.matches(ORIGIN)) {
      return answers.problem(
          request,
          HttpStatus.BAD_REQUEST,
          "invalidOrigin",
          "WebHook-Request-Origin must be the name of the host that sends.");
    }
    return request
        .createResponseBuilder(HttpStatus.OK)
        .header("Allow", "POST")
        .header("WebHook-Allowed-Origin", origin)
        .header("WebHook-Allowed-Rate", EVENTS_A_MINUTE)
        .build();
  }
}

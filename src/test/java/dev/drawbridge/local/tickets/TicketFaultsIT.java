package dev.drawbridge.local.tickets;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.drawbridge.local.LocalClock;
import dev.drawbridge.local.http.Fault;
import dev.drawbridge.local.tickets.Caller.Answer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpRequest;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What can go wrong with each of them. */
class TicketFaultsIT {
  private static final Duration LONG = Duration.ofSeconds(20);

  private final LocalTickets tickets =
      LocalTickets.start(LocalClock.running(), LocalTickets.Ports.ANY);

  /** A ticket of one of the systems, and a call that comments on it. */
  private record Commenting(TicketSystem system, String ticket, HttpRequest call) {
    int comments() {
      return system.conversation(ticket).size();
    }

    Answer send() throws IOException, InterruptedException {
      return Caller.send(call);
    }
  }

  enum Vendor {
    ZENDESK {
      @Override
      Commenting on(LocalTickets tickets) {
        String ticket = tickets.zendesk().open("ana", "Connect us", Map.of());
        return new Commenting(
            tickets.zendesk(),
            ticket,
            Caller.zendesk(tickets)
                .request(
                    "PUT",
                    "/api/v2/tickets/%s.json".formatted(ticket),
                    "{\"ticket\":{\"comment\":{\"body\":\"Access granted\"}}}"));
      }
    },
    JIRA {
      @Override
      Commenting on(LocalTickets tickets) {
        String ticket = tickets.jira().open("ana", "Connect us", Map.of());
        return new Commenting(
            tickets.jira(),
            ticket,
            Caller.jira(tickets)
                .request(
                    "POST",
                    "/rest/servicedeskapi/request/%s/comment".formatted(ticket),
                    "{\"body\":\"Access granted\",\"public\":false}"));
      }
    },
    SERVICENOW {
      @Override
      Commenting on(LocalTickets tickets) {
        String ticket = tickets.serviceNow().open("ana", "Connect us", Map.of());
        return new Commenting(
            tickets.serviceNow(),
            ticket,
            Caller.serviceNow(tickets)
                .request(
                    "PATCH",
                    "/api/now/table/sc_req_item/" + RequestedItem.id(ticket),
                    "{\"work_notes\":\"Access granted\"}"));
      }
    };

    abstract Commenting on(LocalTickets tickets);
  }

  @AfterEach
  void stop() {
    tickets.close();
  }

  @ParameterizedTest
  @EnumSource
  void comment_whenTooMany_then429WithRetryAfterOnce(Vendor vendor) throws Exception {
    Commenting commenting = vendor.on(tickets);
    int before = commenting.comments();
    commenting
        .system()
        .faults()
        .add(Fault.of("PUT|POST|PATCH", "/api/|/rest/", 429, "TooMany", 1).retryAfter("17"));

    Answer first = commenting.send();

    assertEquals(429, first.status());
    assertEquals("17", first.header("Retry-After"));
    assertTrue(first.body().toString().contains("TooMany"));
    assertEquals(before, commenting.comments());
    assertEquals(2, commenting.send().status() / 100);
    assertEquals(before + 1, commenting.comments());
  }

  @ParameterizedTest
  @EnumSource
  void comment_whenUnavailable_then503(Vendor vendor) throws Exception {
    Commenting commenting = vendor.on(tickets);
    int before = commenting.comments();
    commenting.system().faults().add(Fault.of(".*", "", 503, "Unavailable", 1));

    assertEquals(503, commenting.send().status());
    assertEquals(before, commenting.comments());
  }

  @ParameterizedTest
  @EnumSource
  void comment_whenTheConnectionIsClosedBefore_thenThereIsNone(Vendor vendor) {
    Commenting commenting = vendor.on(tickets);
    int before = commenting.comments();
    commenting.system().faults().add(Fault.of(".*", "", 0, "", 1));

    assertThrows(IOException.class, commenting::send);
    assertEquals(before, commenting.comments());
  }

  @ParameterizedTest
  @EnumSource
  void comment_whenTheConnectionIsClosedAfter_thenThereIsOne(Vendor vendor) {
    Commenting commenting = vendor.on(tickets);
    int before = commenting.comments();
    commenting.system().faults().add(Fault.of(".*", "", 0, "", 1).losingTheAnswer());

    assertThrows(IOException.class, commenting::send);
    assertEquals(before + 1, commenting.comments());
  }

  @ParameterizedTest
  @EnumSource
  void comment_whenDown_thenNoAnswerUntilUp(Vendor vendor) throws Exception {
    Commenting commenting = vendor.on(tickets);
    commenting.system().setDown(true);
    assertThrows(IOException.class, commenting::send);
    assertThrows(IOException.class, commenting::send);

    commenting.system().setDown(false);

    assertEquals(2, commenting.send().status() / 100);
  }

  @ParameterizedTest
  @EnumSource
  void comment_whenTheAnswerIsHeldBack_thenTheCommentIsThereBeforeIt(Vendor vendor)
      throws Exception {
    Commenting commenting = vendor.on(tickets);
    int before = commenting.comments();
    Hold hold = commenting.system().hold("PUT|POST|PATCH", "", LONG);

    CompletableFuture<Answer> answer = CompletableFuture.supplyAsync(() -> sent(commenting));

    assertTrue(hold.awaitCall(LONG));
    assertEquals(before + 1, commenting.comments());
    assertFalse(answer.isDone());
    hold.release();
    assertEquals(2, answer.get(20, TimeUnit.SECONDS).status() / 100);
  }

  @ParameterizedTest
  @EnumSource
  void comment_whenTheHoldHasATime_thenAnsweredAfterIt(Vendor vendor) throws Exception {
    Commenting commenting = vendor.on(tickets);
    Duration slow = Duration.ofMillis(200);
    commenting.system().hold(".*", "", slow);
    long start = System.nanoTime();

    assertEquals(2, commenting.send().status() / 100);

    assertTrue(System.nanoTime() - start >= slow.toNanos());
  }

  @ParameterizedTest
  @EnumSource
  void close_whenAnAnswerIsHeldBack_thenItsCallerIsNotLeftWaiting(Vendor vendor) throws Exception {
    Commenting commenting = vendor.on(tickets);
    Hold hold = commenting.system().hold(".*", "", LONG);
    CompletableFuture<Answer> answer = CompletableFuture.supplyAsync(() -> sent(commenting));
    assertTrue(hold.awaitCall(LONG));

    tickets.close();

    assertThrows(ExecutionException.class, () -> answer.get(15, TimeUnit.SECONDS));
  }

  private static Answer sent(Commenting commenting) {
    try {
      return commenting.send();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }
}

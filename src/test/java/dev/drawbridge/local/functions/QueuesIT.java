package dev.drawbridge.local.functions;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.azure.messaging.servicebus.ServiceBusClientBuilder;
import com.azure.messaging.servicebus.ServiceBusMessage;
import com.azure.messaging.servicebus.ServiceBusSenderClient;
import dev.drawbridge.local.functions.samples.queues.QueueSamples;
import dev.drawbridge.local.functions.samples.queues.QueueSamples.Call;
import dev.drawbridge.local.servicebus.LocalServiceBus;
import dev.drawbridge.local.servicebus.QueueCounts;
import dev.drawbridge.local.servicebus.QueueOptions;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class QueuesIT {
  private static final QueueCounts NONE = new QueueCounts(0, 0, 0, 0, 0);
  private static final String TRACE = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";

  private final HostFixture fixture = new HostFixture();
  private final QueueSamples samples = new QueueSamples();
  private final HostFixture.Giving injector = new HostFixture.Giving(samples);
  private final LocalServiceBus bus =
      LocalServiceBus.start(
          0,
          fixture.clock,
          List.of(
              QueueOptions.named("orders").withMaxDeliveryCount(3),
              QueueOptions.named("correlated").withMaxDeliveryCount(2)));
  private final LocalFunctionsHost host =
      fixture
          .options("queues", samples)
          .injector(injector)
          .settings(Map.of("ORDERS", "orders", "Bus", bus.connectionString()))
          .start();
  private ServiceBusSenderClient orders;

  @BeforeEach
  void open() {
    orders = sender("orders");
  }

  @AfterEach
  void close() {
    orders.close();
    host.close();
    bus.close();
  }

  private ServiceBusSenderClient sender(String queue) {
    return new ServiceBusClientBuilder()
        .connectionString(bus.connectionString())
        .sender()
        .queueName(queue)
        .buildClient();
  }

  private Call nextCall() throws InterruptedException {
    Call call = samples.calls().poll(HostFixture.SOON.toSeconds(), TimeUnit.SECONDS);
    assertNotNull(call, "no call came");
    return call;
  }

  @Test
  void message_whenFunctionReturns_thenIsCompletedAndItsMetadataWasBound() throws Exception {
    ServiceBusMessage message = new ServiceBusMessage("{\"ü\": 1}").setMessageId("m-1");
    message.getApplicationProperties().put("attempt", 2);
    message.getApplicationProperties().put("kind", "vnet");
    message.getApplicationProperties().put("Diagnostic-Id", TRACE);
    orders.sendMessage(message);
    Call call = nextCall();
    assertEquals("{\"ü\": 1}", call.body());
    assertEquals(List.of("m-1", 1, 1L, "\"2026-11-24T08:00:00Z\"", TRACE), call.details());
    assertEquals(Map.of("attempt", 2.0, "kind", "vnet", "Diagnostic-Id", TRACE), call.properties());
    HostFixture.await("completion", () -> bus.counts("orders").equals(NONE));
    assertEquals(1, injector.asked.get());
  }

  @Test
  void message_whenFunctionThrows_thenIsAbandonedAtOnceUntilItIsDeadLettered() throws Exception {
    orders.sendMessage(new ServiceBusMessage("poison").setMessageId("m-2"));
    List<Object> deliveries = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      Call call = nextCall();
      assertEquals("HandleOrder", call.function());
      deliveries.add(call.details().get(1));
    }
    assertEquals(List.of(1, 2, 3), deliveries);
    Call dead = nextCall();
    assertEquals("HandleDeadOrder", dead.function());
    assertEquals("poison", dead.body());
    assertEquals(List.of("m-2"), dead.details());
    assertEquals("MaxDeliveryCountExceeded", dead.properties().get("DeadLetterReason"));
    HostFixture.await("completion", () -> bus.counts("orders").equals(NONE));
    assertEquals(4, injector.asked.get());
    assertEquals(3, fixture.log.records().size());
  }

  @Test
  void message_whenItLacksWhatIsBound_thenTheInvocationFailsAsInTheWorker() throws Exception {
    try (ServiceBusSenderClient correlated = sender("correlated")) {
      correlated.sendMessage(new ServiceBusMessage("with").setCorrelationId("c"));
      assertEquals(List.of("c"), nextCall().details());
      correlated.sendMessage(new ServiceBusMessage("without"));
      HostFixture.await("dead-letter", () -> bus.counts("correlated").deadLettered() == 1);
    }
    assertTrue(samples.calls().isEmpty());
    assertTrue(
        fixture.log.records().get(0).getMessage().contains("\"CorrelationId\""),
        () -> fixture.log.records().get(0).getMessage());
  }

  @Test
  void message_whenManyCome_thenEachIsHandledOnce() throws Exception {
    List<ServiceBusMessage> messages = new ArrayList<>();
    for (int i = 0; i < 50; i++) {
      messages.add(new ServiceBusMessage("body").setMessageId("m" + i));
    }
    orders.sendMessages(messages);
    List<Object> ids = new ArrayList<>();
    for (int i = 0; i < 50; i++) {
      ids.add(nextCall().details().get(0));
    }
    assertEquals(50, ids.stream().distinct().count());
    HostFixture.await("completion", () -> bus.counts("orders").equals(NONE));
    assertTrue(samples.calls().isEmpty());
  }

  @Test
  void adminRun_whenFunctionHasAQueue_thenTheInputIsItsMessage() throws Exception {
    byte[] body = "{\"input\": \"by hand\"}".getBytes(StandardCharsets.UTF_8);
    assertEquals(
        202, fixture.send(host, "POST", "/admin/functions/HandleCorrelated", body).statusCode());
    HostFixture.await("the failure", () -> fixture.log.records().size() == 1);
    assertEquals("HandleCorrelated", fixture.log.records().get(0).function());
  }

  @Test
  void close_whenAMessageWasJustHandled_thenItsCompletionIsNotLost() throws Exception {
    for (int i = 0; i < 20; i++) {
      orders.sendMessage(new ServiceBusMessage("body").setMessageId("m" + i));
    }
    for (int i = 0; i < 20; i++) {
      nextCall();
    }
    host.close();
    assertEquals(NONE, bus.counts("orders"));
  }

  @Test
  void close_whenAFunctionStillRuns_thenWaitsForItAndTakesNoFurtherMessage() throws Exception {
    CountDownLatch goOn = new CountDownLatch(1);
    samples.during = () -> HostFixture.awaitLatch(goOn);
    orders.sendMessage(new ServiceBusMessage("first").setMessageId("m-1"));
    assertEquals("first", nextCall().body());
    Thread closing = new Thread(host::close);
    closing.start();
    HostFixture.await("closing", () -> closing.getState() == Thread.State.TIMED_WAITING);
    orders.sendMessage(new ServiceBusMessage("second").setMessageId("m-2"));
    HostFixture.await("its arrival", () -> bus.counts("orders").locked() == 2);
    goOn.countDown();
    closing.join(HostFixture.SOON.toMillis());
    assertFalse(closing.isAlive());
    assertEquals(new QueueCounts(0, 1, 0, 0, 0), bus.counts("orders"));
    assertTrue(samples.calls().isEmpty());
  }
}

package dev.drawbridge.local.functions;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.microsoft.azure.functions.spi.inject.FunctionInstanceInjector;
import dev.drawbridge.local.functions.samples.http.HttpSamples;
import java.io.IOException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.Enumeration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class InstancesIT {
  private static final String SERVICE =
      "META-INF/services/" + FunctionInstanceInjector.class.getName();

  /** Makes instances by their constructor and counts them. */
  public static class Counting implements FunctionInstanceInjector {
    static final AtomicInteger MADE = new AtomicInteger();

    @Override
    public <T> T getInstance(Class<T> type) throws Exception {
      MADE.incrementAndGet();
      return type.getConstructor().newInstance();
    }
  }

  /** Fails with an Error, which leaves Azure's worker without an answer. */
  public static final class Broken extends Counting {
    @Override
    public <T> T getInstance(Class<T> type) {
      throw new NoClassDefFoundError("lib/missing");
    }
  }

  /** The test's class path, but with this and no other services file for the injector. */
  private static final class WithServices extends ClassLoader {
    private final URL services;

    WithServices(URL services) {
      super(InstancesIT.class.getClassLoader());
      this.services = services;
    }

    @Override
    public Enumeration<URL> getResources(String name) throws IOException {
      return name.equals(SERVICE)
          ? Collections.enumeration(List.of(services))
          : super.getResources(name);
    }
  }

  @TempDir Path folder;
  private final HostFixture fixture = new HostFixture();
  private final ClassLoader before = Thread.currentThread().getContextClassLoader();

  @BeforeEach
  void reset() {
    Counting.MADE.set(0);
  }

  @AfterEach
  void restore() {
    Thread.currentThread().setContextClassLoader(before);
  }

  private LocalFunctionsHost start(String services) throws IOException {
    Path file = Files.writeString(folder.resolve("services"), services);
    Thread.currentThread().setContextClassLoader(new WithServices(file.toUri().toURL()));
    return LocalFunctionsHost.Options.builder(
            fixture.clock, HostFixture.SAMPLES + "http", HostFixture.HOST_JSON)
        .logHandler(fixture.log)
        .start();
  }

  private int statusOf(LocalFunctionsHost host) throws Exception {
    return fixture.send(host, "GET", "/api/names/x").statusCode();
  }

  @Test
  void start_whenOneInjectorIsRegistered_thenItIsAskedOnEveryInvocation() throws Exception {
    try (LocalFunctionsHost host = start(Counting.class.getName())) {
      assertEquals(0, Counting.MADE.get());
      assertEquals(200, statusOf(host));
      assertEquals(200, statusOf(host));
      assertEquals(2, Counting.MADE.get());
    }
  }

  @Test
  void start_whenTwoInjectorsAreRegistered_thenRefuses() {
    FunctionsStartException refused =
        assertThrows(
            FunctionsStartException.class,
            () -> start(Counting.class.getName() + "\n" + Broken.class.getName()).close());
    assertEquals(1, refused.problems().size(), refused::toString);
    assertTrue(
        refused.problems().get(0).contains("More than one FunctionInstanceInjector"),
        refused::toString);
  }

  @Test
  void start_whenTheInjectorsClassIsMissing_thenRefuses() {
    FunctionsStartException refused =
        assertThrows(FunctionsStartException.class, () -> start("dev.example.Gone").close());
    assertTrue(refused.problems().get(0).contains("dev.example.Gone"), refused::toString);
  }

  @Test
  void start_whenNoInjectorIsRegistered_thenMakesInstancesByConstructor() throws Exception {
    try (LocalFunctionsHost host = start("# none")) {
      assertEquals(200, statusOf(host));
      assertEquals(0, Counting.MADE.get());
    }
  }

  @Test
  void start_whenAnInjectorIsPassed_thenTheRegisteredOneIsNotUsed() throws Exception {
    HostFixture.Giving passed = new HostFixture.Giving(new HttpSamples());
    try (LocalFunctionsHost host =
        fixture.options("http", new HttpSamples()).injector(passed).start()) {
      assertEquals(200, statusOf(host));
      assertEquals(1, passed.asked.get());
    }
  }

  @Test
  void invocation_whenTheInjectorFailsWithAnError_thenOnlyThatOneFails() throws Exception {
    try (LocalFunctionsHost host = start(Broken.class.getName())) {
      assertEquals(500, statusOf(host));
      assertEquals(500, statusOf(host));
      assertEquals(2, fixture.log.records().size());
    }
  }

  @Test
  void start_whenPackageHasNoFunctions_thenSaysSo() {
    FunctionsStartException refused =
        assertThrows(
            FunctionsStartException.class,
            () -> fixture.options("none", new HttpSamples()).start().close());
    assertTrue(refused.problems().get(0).contains("No method with @FunctionName"));
  }

  @Test
  void start_whenManyThingsAreWrong_thenNamesAllAtOnce() {
    FunctionsStartException refused =
        assertThrows(
            FunctionsStartException.class,
            () -> fixture.options("bad", new HttpSamples()).start().close());
    assertTrue(refused.problems().size() > 20, refused::toString);
  }

  @Test
  void start_whenConnectionStringIsMalformed_thenNamesTheSetting() {
    FunctionsStartException refused =
        assertThrows(
            FunctionsStartException.class,
            () ->
                fixture
                    .options("queues", new HttpSamples())
                    .settings(Map.of("ORDERS", "orders", "Bus", "localhost"))
                    .start()
                    .close());
    assertEquals(1, refused.problems().size(), refused::toString);
    assertTrue(
        refused.problems().get(0).startsWith("The setting Bus is no Service Bus connection string"),
        refused::toString);
  }
}

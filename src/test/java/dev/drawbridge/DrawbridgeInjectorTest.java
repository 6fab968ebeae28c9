package dev.drawbridge;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.microsoft.azure.functions.spi.inject.FunctionInstanceInjector;
import dev.drawbridge.functions.Health;
import dev.drawbridge.functions.RequestPeering;
import java.io.File;
import java.io.IOException;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

class DrawbridgeInjectorTest {
  private static final Map<String, String> SETTINGS =
      Map.of(
          "ServiceBusConnection",
          "Endpoint=sb://localhost:1;SharedAccessKeyName=n;SharedAccessKey=k;UseDevelopmentEmulator=true;",
          "LedgerConnection",
          "UseDevelopmentStorage=true",
          "TENANT_ID",
          "aaaabbbb-0000-cccc-1111-dddd2222eeee",
          "ALLOWED_SUBSCRIPTIONS",
          "aaaa0a0a-bb1b-cc2c-dd3d-eeeeee4e4e4e");

  /** The Java worker fails every load when there are two. */
  @Test
  void serviceLoader_whenAsked_thenThereIsOneInjector() {
    List<FunctionInstanceInjector> found = new ArrayList<>();
    ServiceLoader.load(FunctionInstanceInjector.class).forEach(found::add);
    assertEquals(1, found.size());
    assertInstanceOf(DrawbridgeInjector.class, found.get(0));
  }

  @Test
  void getInstance_whenAskedAgain_thenTheAppIsMadeOnce() throws Exception {
    List<String> made = new ArrayList<>();
    FunctionInstanceInjector injector =
        new DrawbridgeInjector(
            () -> {
              made.add("app");
              return app();
            });
    assertEquals(List.of(), made);
    assertInstanceOf(Health.class, injector.getInstance(Health.class));
    assertInstanceOf(RequestPeering.class, injector.getInstance(RequestPeering.class));
    assertEquals(List.of("app"), made);
  }

  /** The worker answers nothing at all to an Error. */
  @Test
  void getInstance_whenAnErrorIsThrown_thenItReachesTheWorkerAsAnException() {
    NoClassDefFoundError error = new NoClassDefFoundError("some/Missing");
    FunctionInstanceInjector injector =
        new DrawbridgeInjector(
            () -> {
              throw error;
            });
    Exception told = assertThrows(Exception.class, () -> injector.getInstance(Health.class));
    assertSame(error, told.getCause());
  }

  @Test
  void getInstance_whenTheClassIsNoFunction_thenItIsRefused() {
    FunctionInstanceInjector injector = new DrawbridgeInjector(DrawbridgeInjectorTest::app);
    assertThrows(IllegalArgumentException.class, () -> injector.getInstance(String.class));
  }

  /** What a caller waits for in a cold start; Resource Manager's classes are the larger part. */
  @Test
  void httpFunction_whenItIsMade_thenNothingOfResourceManagerIsLoaded() throws Exception {
    try (RecordingLoader loader = RecordingLoader.ofThisClasspath()) {
      Class<?> probe = loader.loadClass(Probe.class.getName());
      Object made = ((Supplier<?>) probe.getConstructor().newInstance()).get();

      assertEquals("RequestPeering", made);
      List<String> unwanted =
          loader.loaded.stream()
              .filter(
                  name ->
                      name.startsWith("com.azure.resourcemanager.")
                          || name.startsWith("dev.drawbridge.azure."))
              .toList();
      assertEquals(List.of(), unwanted);
      assertTrue(loader.loaded.contains("dev.drawbridge.Drawbridge"));
    }
  }

  /** Makes an HTTP function, in the class loader that loaded this class. */
  public static final class Probe implements Supplier<String> {
    @Override
    public String get() {
      return app().function(RequestPeering.class).getClass().getSimpleName();
    }
  }

  private static Drawbridge app() {
    return new Drawbridge(
        Settings.of(new HashMap<>(SETTINGS)),
        Clock.systemUTC(),
        () -> {
          throw new AssertionError("No identity is needed to make a function");
        });
  }

  /** Loads everything itself that is not the JDK's, and remembers what. */
  private static final class RecordingLoader extends URLClassLoader {
    final List<String> loaded = Collections.synchronizedList(new ArrayList<>());

    private RecordingLoader(URL[] urls) {
      super(urls, ClassLoader.getPlatformClassLoader());
    }

    static RecordingLoader ofThisClasspath() throws IOException {
      List<URL> urls = new ArrayList<>();
      for (String entry : System.getProperty("java.class.path").split(File.pathSeparator, -1)) {
        urls.add(url(entry));
      }
      return new RecordingLoader(urls.toArray(URL[]::new));
    }

    private static URL url(String entry) throws MalformedURLException {
      return Path.of(entry).toUri().toURL();
    }

    @Override
    protected Class<?> findClass(String name) throws ClassNotFoundException {
      Class<?> found = super.findClass(name);
      loaded.add(name);
      return found;
    }
  }
}

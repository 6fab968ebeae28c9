package dev.drawbridge.local;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.drawbridge.local.tickets.LocalTickets;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.logging.Handler;
import org.jspecify.annotations.Nullable;

/**
 * How to start the local Azure.
 *
 * @param settings the app's; the addresses of the local services replace whatever is there
 * @param requireKeys whether HTTP calls need a function key, as in Azure
 * @param timers whether timers run by themselves
 * @param record where the calls to Resource Manager and Graph are written
 * @param logHandler gets the functions' logs; null for standard error
 */
public record LocalOptions(
    LocalClock clock,
    Ports ports,
    Map<String, String> settings,
    boolean requireKeys,
    boolean timers,
    Optional<Path> record,
    @Nullable Handler logHandler) {

  /** The keys of the local functions host, which are no secrets. */
  public static final String FUNCTION_KEY = "local-function-key";

  public static final String MASTER_KEY = "local-master-key";

  private static final Path SETTINGS = Path.of("local.settings.json");
  private static final Path EXAMPLE = Path.of("local.settings.json.example");

  public LocalOptions {
    settings = Map.copyOf(settings);
  }

  /** Ports of loopback; 0 for any free one. */
  public record Ports(
      int functions, int arm, int graph, int tables, int serviceBus, LocalTickets.Ports tickets) {
    public static final Ports ANY = new Ports(0, 0, 0, 0, 0, LocalTickets.Ports.ANY);
  }

  /**
   * Free ports, no keys, timers by hand, nothing recorded, and the settings of local.settings.json,
   * or of its example where there is none.
   */
  public static LocalOptions of(LocalClock clock) {
    Path settings = Files.exists(SETTINGS) ? SETTINGS : EXAMPLE;
    return new LocalOptions(
        clock, Ports.ANY, values(settings), false, false, Optional.empty(), null);
  }

  public LocalOptions with(Ports changed) {
    return new LocalOptions(clock, changed, settings, requireKeys, timers, record, logHandler);
  }

  public LocalOptions withSetting(String name, String value) {
    Map<String, String> more = new HashMap<>(settings);
    more.put(name, value);
    return new LocalOptions(clock, ports, more, requireKeys, timers, record, logHandler);
  }

  public LocalOptions withKeys(boolean required) {
    return new LocalOptions(clock, ports, settings, required, timers, record, logHandler);
  }

  public LocalOptions withTimers() {
    return new LocalOptions(clock, ports, settings, requireKeys, true, record, logHandler);
  }

  public LocalOptions recordingTo(Optional<Path> file) {
    return new LocalOptions(clock, ports, settings, requireKeys, timers, file, logHandler);
  }

  public LocalOptions loggingTo(Handler handler) {
    return new LocalOptions(clock, ports, settings, requireKeys, timers, record, handler);
  }

  /** The "Values" of a local.settings.json. */
  private static Map<String, String> values(Path file) {
    ObjectMapper json = new ObjectMapper();
    try {
      JsonNode values = json.readTree(Files.readString(file)).path("Values");
      return json.convertValue(values, new TypeReference<>() {});
    } catch (IOException e) {
      throw new UncheckedIOException("Settings can't be read from " + file, e);
    }
  }
}

package dev.drawbridge.local.functions;

import com.microsoft.azure.functions.spi.inject.FunctionInstanceInjector;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Map;
import java.util.logging.Handler;
import org.jspecify.annotations.Nullable;

/** Builds {@link LocalFunctionsHost.Options}; each setter is described there. */
public final class OptionsBuilder {
  private final Clock clock;
  private final String functionsPackage;
  private final Path hostJson;
  private int port;
  private Map<String, String> settings = Map.of();
  private @Nullable FunctionInstanceInjector injector;
  private boolean requireKeys;
  private String functionKey = "";
  private String masterKey = "";
  private boolean timers = true;
  private @Nullable Handler logHandler;

  OptionsBuilder(Clock clock, String functionsPackage, Path hostJson) {
    this.clock = clock;
    this.functionsPackage = functionsPackage;
    this.hostJson = hostJson;
  }

  public OptionsBuilder port(int value) {
    port = value;
    return this;
  }

  public OptionsBuilder settings(Map<String, String> value) {
    settings = value;
    return this;
  }

  public OptionsBuilder injector(FunctionInstanceInjector value) {
    injector = value;
    return this;
  }

  /** Has calls checked against these keys. */
  public OptionsBuilder keys(String function, String master) {
    requireKeys = true;
    functionKey = function;
    masterKey = master;
    return this;
  }

  public OptionsBuilder timers(boolean value) {
    timers = value;
    return this;
  }

  public OptionsBuilder logHandler(Handler value) {
    logHandler = value;
    return this;
  }

  public LocalFunctionsHost.Options build() {
    return new LocalFunctionsHost.Options(
        port,
        clock,
        functionsPackage,
        settings,
        hostJson,
        injector,
        requireKeys,
        functionKey,
        masterKey,
        timers,
        logHandler);
  }

  public LocalFunctionsHost start() {
    return LocalFunctionsHost.start(build());
  }
}

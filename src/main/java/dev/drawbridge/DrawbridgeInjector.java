package dev.drawbridge;

import com.microsoft.azure.functions.spi.inject.FunctionInstanceInjector;
import java.util.function.Supplier;

/**
 * Gives the Functions host its instances. The Java worker makes one by its no-argument constructor
 * and answers nothing at all to an Error, so that nothing happens here before the first instance is
 * asked for, and whatever then goes wrong reaches the host as an exception.
 */
public final class DrawbridgeInjector implements FunctionInstanceInjector {
  private final Once<Drawbridge> drawbridge;

  /** The app of the environment's settings. */
  public DrawbridgeInjector() {
    this(() -> Drawbridge.of(Settings.of(System.getenv())));
  }

  /**
   * @param drawbridge makes the app, once
   */
  public DrawbridgeInjector(Supplier<Drawbridge> drawbridge) {
    this.drawbridge = new Once<>(drawbridge);
  }

  @Override
  public <T> T getInstance(Class<T> type) throws Exception {
    try {
      return drawbridge.get().function(type);
    } catch (Exception e) {
      throw e;
    } catch (Throwable e) {
      throw new IllegalStateException(type.getSimpleName() + " can't be made: " + e, e);
    }
  }
}

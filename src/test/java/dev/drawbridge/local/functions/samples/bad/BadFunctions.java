package dev.drawbridge.local.functions.samples.bad;

import com.microsoft.azure.functions.ExecutionContext;
import com.microsoft.azure.functions.HttpRequestMessage;
import com.microsoft.azure.functions.OutputBinding;
import com.microsoft.azure.functions.annotation.BindingName;
import com.microsoft.azure.functions.annotation.BlobInput;
import com.microsoft.azure.functions.annotation.Cardinality;
import com.microsoft.azure.functions.annotation.CustomBinding;
import com.microsoft.azure.functions.annotation.FixedDelayRetry;
import com.microsoft.azure.functions.annotation.FunctionName;
import com.microsoft.azure.functions.annotation.HttpTrigger;
import com.microsoft.azure.functions.annotation.QueueOutput;
import com.microsoft.azure.functions.annotation.ServiceBusQueueOutput;
import com.microsoft.azure.functions.annotation.ServiceBusQueueTrigger;
import com.microsoft.azure.functions.annotation.TimerTrigger;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Each nested class has something that can't be run. */
public final class BadFunctions {
  private static final String EVERY_MINUTE = "0 * * * * *";

  private BadFunctions() {}

  public static final class SameName {
    @FunctionName("Sweep")
    public void first(@TimerTrigger(name = "t", schedule = EVERY_MINUTE) String timer) {}

    @FunctionName("SWEEP")
    public void second(@TimerTrigger(name = "t", schedule = EVERY_MINUTE) String timer) {}
  }

  public static final class SameMethod {
    @FunctionName("One")
    public void run(@TimerTrigger(name = "t", schedule = EVERY_MINUTE) String timer) {}

    public void run() {}
  }

  public static final class Names {
    @FunctionName("CopyToLib")
    public void lib(@TimerTrigger(name = "t", schedule = EVERY_MINUTE) String timer) {}

    @FunctionName("1st")
    public void digit(@TimerTrigger(name = "t", schedule = EVERY_MINUTE) String timer) {}
  }

  static final class Hidden {
    @FunctionName("InHiddenClass")
    public void run(@TimerTrigger(name = "t", schedule = EVERY_MINUTE) String timer) {}
  }

  public static final class HiddenMethod {
    @FunctionName("HiddenMethod")
    void run(@TimerTrigger(name = "t", schedule = EVERY_MINUTE) String timer) {}
  }

  public static final class NeedsArgument {
    private final String argument;

    public NeedsArgument(String argument) {
      this.argument = argument;
    }

    @FunctionName("NeedsArgument")
    public String run(@TimerTrigger(name = "t", schedule = EVERY_MINUTE) String timer) {
      return argument;
    }
  }

  public static final class Bindings {
    @FunctionName("WithBlob")
    public void blob(
        @TimerTrigger(name = "t", schedule = EVERY_MINUTE) String timer,
        @BlobInput(name = "b", path = "x") String blob) {}

    @FunctionName("WithOutput")
    public void output(
        @TimerTrigger(name = "t", schedule = EVERY_MINUTE) String timer,
        @QueueOutput(name = "q", queueName = "q", connection = "c") OutputBinding<String> out) {}

    @FunctionName("ReturnsOutput")
    @ServiceBusQueueOutput(name = "out", queueName = "q", connection = "c")
    public String returned(@TimerTrigger(name = "t", schedule = EVERY_MINUTE) String timer) {
      return timer;
    }

    @FunctionName("Retried")
    @FixedDelayRetry(maxRetryCount = 3, delayInterval = "00:00:10")
    public void retried(@TimerTrigger(name = "t", schedule = EVERY_MINUTE) String timer) {}

    @FunctionName("WithCustom")
    public void custom(
        @TimerTrigger(name = "t", schedule = EVERY_MINUTE) String timer, @Telegram String text) {}
  }

  @Retention(RetentionPolicy.RUNTIME)
  @Target(ElementType.PARAMETER)
  @CustomBinding(direction = "in", name = "telegram", type = "telegram")
  @interface Telegram {}

  public static final class Parameters {
    @FunctionName("NoTrigger")
    public void none(ExecutionContext context) {}

    @FunctionName("TwoTriggers")
    public void two(
        @TimerTrigger(name = "a", schedule = EVERY_MINUTE) String first,
        @TimerTrigger(name = "b", schedule = EVERY_MINUTE) String second) {}

    @FunctionName("Unbound")
    public void unbound(
        @TimerTrigger(name = "t", schedule = EVERY_MINUTE) String timer, String extra) {}

    @FunctionName("RawRequest")
    public void raw(@HttpTrigger(name = "r") HttpRequestMessage<List<String>> request) {}

    @FunctionName("TextRequest")
    public void text(@HttpTrigger(name = "r") String request) {}

    @FunctionName("Metadata")
    public void metadata(
        @HttpTrigger(name = "r") HttpRequestMessage<Optional<String>> request,
        @BindingName("at") Instant at) {}

    @FunctionName("TimerAsNumber")
    public void number(@TimerTrigger(name = "t", schedule = EVERY_MINUTE) int timer) {}
  }

  public static final class Queues {
    @FunctionName("BytesAsText")
    public void bytes(
        @ServiceBusQueueTrigger(name = "m", queueName = "q", connection = "Bus") byte[] message) {}

    @FunctionName("TextAsBytes")
    public void text(
        @ServiceBusQueueTrigger(
                name = "m",
                queueName = "q",
                connection = "Bus",
                dataType = "binary")
            String message) {}

    @FunctionName("Batch")
    public void batch(
        @ServiceBusQueueTrigger(
                name = "m",
                queueName = "q",
                connection = "Bus",
                cardinality = Cardinality.MANY)
            List<String> messages) {}

    @FunctionName("NoConnection")
    public void connection(
        @ServiceBusQueueTrigger(name = "m", queueName = "q", connection = "Missing")
            String message) {}

    @FunctionName("IdentityConnection")
    public void identity(
        @ServiceBusQueueTrigger(name = "m", queueName = "q", connection = "Managed")
            String message) {}
  }

  public static final class Settings {
    @FunctionName("MissingSettings")
    public void queue(
        @ServiceBusQueueTrigger(name = "m", queueName = "%QUEUE%", connection = "Bus")
            String message) {}

    @FunctionName("MissingSchedule")
    public void schedule(@TimerTrigger(name = "t", schedule = "%SCHEDULE%") String timer) {}

    @FunctionName("BadSchedule")
    public void bad(@TimerTrigger(name = "t", schedule = "* * * * *") String timer) {}

    @FunctionName("BadRoute")
    public void route(
        @HttpTrigger(name = "r", route = "/x/{id:even}")
            HttpRequestMessage<Optional<String>> request) {}

    @FunctionName("ReservedRoute")
    public void reserved(
        @HttpTrigger(name = "r", route = "Admin/x") HttpRequestMessage<Optional<String>> request) {}

    @FunctionName("RuntimeStatus")
    public void reservedByItsName(
        @HttpTrigger(name = "r") HttpRequestMessage<Optional<String>> request) {}
  }
}

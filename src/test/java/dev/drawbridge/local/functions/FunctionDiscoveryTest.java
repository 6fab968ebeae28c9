package dev.drawbridge.local.functions;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.microsoft.azure.functions.annotation.AuthorizationLevel;
import dev.drawbridge.local.functions.samples.bad.BadFunctions;
import dev.drawbridge.local.functions.samples.http.HttpSamples;
import dev.drawbridge.local.functions.samples.queues.QueueSamples;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class FunctionDiscoveryTest {
  private static final HostJson HOST = new HostJson("api", 0, 4, Duration.ofMinutes(5), true);
  private final List<String> problems = new ArrayList<>();

  private List<FunctionDefinition> discover(boolean injected, Class<?>... classes) {
    AppSettings settings =
        new AppSettings(
            Map.of(
                "Bus",
                "Endpoint=sb://localhost",
                "Managed__fullyQualifiedNamespace",
                "x.servicebus.windows.net",
                "ORDERS",
                "orders-dev"));
    return new FunctionDiscovery(settings, HOST, injected, problems).in(List.of(classes));
  }

  private void assertProblems(Class<?> type, String... expected) {
    List<FunctionDefinition> functions = discover(false, type);
    assertEquals(Arrays.asList(expected), problems);
    assertTrue(functions.size() <= 1, functions::toString);
  }

  @Test
  void in_whenFunctionsAreFine_thenHasTheirTriggersResolvedInTheOrderOfNames() {
    List<FunctionDefinition> functions = discover(false, QueueSamples.class, HttpSamples.class);
    assertEquals(List.of(), problems);
    List<FunctionInfo> infos = functions.stream().map(FunctionDefinition::info).toList();
    assertTrue(
        infos.contains(
            new FunctionInfo("HandleOrder", new Trigger.Queue("orders-dev", false, "Bus"))),
        infos::toString);
    assertTrue(
        infos.contains(
            new FunctionInfo("HandleDeadOrder", new Trigger.Queue("orders-dev", true, "Bus"))),
        infos::toString);
    assertTrue(
        infos.contains(
            new FunctionInfo(
                "Admin",
                new Trigger.Http("api/master-only", List.of("GET"), AuthorizationLevel.ADMIN))),
        infos::toString);
    List<String> names = infos.stream().map(FunctionInfo::name).toList();
    assertEquals(names.stream().sorted().toList(), names);
  }

  @Test
  void in_whenTwoFunctionsHaveOneName_thenNamesTheOther() {
    assertProblems(
        BadFunctions.SameName.class,
        "Function SWEEP (SameName.second): SameName.first has the same name (case does not count):"
            + " rename one");
  }

  @Test
  void in_whenTwoMethodsHaveOneName_thenRefuses() {
    assertProblems(
        BadFunctions.SameMethod.class,
        "Function One (SameMethod.run): SameMethod has 2 public methods named run, and the Java"
            + " worker looks it up by name: rename");
  }

  @Test
  void in_whenNamesCantBePackaged_thenRefuses() {
    assertProblems(
        BadFunctions.Names.class,
        "Function 1st (Names.digit): a name is a letter and up to 127 letters, digits, '-' or '_'",
        "Function CopyToLib (Names.lib): the Java worker takes a folder that ends in 'lib' for the"
            + " libraries: rename it");
  }

  @Test
  void in_whenClassOrMethodIsNotPublic_thenRefuses() throws ClassNotFoundException {
    assertProblems(
        Class.forName(BadFunctions.class.getName() + "$Hidden"),
        "Function InHiddenClass (Hidden.run): class Hidden must be public",
        "Function InHiddenClass (Hidden.run): Hidden needs a public constructor without parameters,"
            + " or the app a FunctionInstanceInjector");
    problems.clear();
    assertProblems(
        BadFunctions.HiddenMethod.class,
        "Function HiddenMethod (HiddenMethod.run): the method must be public");
  }

  @Test
  void in_whenConstructorNeedsArguments_thenNeedsAnInjector() {
    assertProblems(
        BadFunctions.NeedsArgument.class,
        "Function NeedsArgument (NeedsArgument.run): NeedsArgument needs a public constructor"
            + " without parameters, or the app a FunctionInstanceInjector");
    problems.clear();
    assertEquals(1, discover(true, BadFunctions.NeedsArgument.class).size());
    assertEquals(List.of(), problems);
  }

  @Test
  void in_whenBindingsAreUnknownOrOutputs_thenNamesFunctionAndParameter() {
    assertProblems(
        BadFunctions.Bindings.class,
        "Function WithBlob (Bindings.blob), parameter blob: @BlobInput is not known to the local"
            + " host: it has @HttpTrigger, @ServiceBusQueueTrigger, @TimerTrigger and @BindingName",
        "Function WithCustom (Bindings.custom), parameter text: @Telegram is not known to the local"
            + " host: it has @HttpTrigger, @ServiceBusQueueTrigger, @TimerTrigger and @BindingName",
        "Function WithOutput (Bindings.output), parameter out: @QueueOutput is an output binding,"
            + " which the local host does not run: use the SDK's client",
        "Function Retried (Bindings.retried): @FixedDelayRetry: retry policies are not run locally",
        "Function ReturnsOutput (Bindings.returned): @ServiceBusQueueOutput is an output binding,"
            + " which the local host does not run: use the SDK's client");
  }

  @Test
  void in_whenParametersCantBeBound_thenSaysWhatTheyMayBe() {
    assertProblems(
        BadFunctions.Parameters.class,
        "Function Metadata (Parameters.metadata), parameter at: @BindingName can't be a"
            + " java.time.Instant here: take a String, int, long, double, boolean or Map<…>",
        "Function NoTrigger (Parameters.none): it has 0 triggers and needs one: @HttpTrigger,"
            + " @ServiceBusQueueTrigger or @TimerTrigger on a parameter",
        "Function TimerAsNumber (Parameters.number), parameter timer: @TimerTrigger can't be a int"
            + " here: take a String, the timer's JSON",
        "Function RawRequest (Parameters.raw), parameter request: @HttpTrigger can't be a"
            + " com.microsoft.azure.functions.HttpRequestMessage<java.util.List<java.lang.String>>"
            + " here: take HttpRequestMessage of String, byte[], Optional<String> or"
            + " Optional<byte[]>",
        "Function TextRequest (Parameters.text), parameter request: @HttpTrigger can't be a"
            + " java.lang.String here: take HttpRequestMessage of String, byte[], Optional<String>"
            + " or Optional<byte[]>",
        "Function TwoTriggers (Parameters.two): it has 2 triggers and needs one: @HttpTrigger,"
            + " @ServiceBusQueueTrigger or @TimerTrigger on a parameter",
        "Function Unbound (Parameters.unbound), parameter extra: it has no binding annotation, and"
            + " only an ExecutionContext needs none");
  }

  @Test
  void in_whenQueueTriggersCantWork_thenSaysWhatToDo() {
    assertProblems(
        BadFunctions.Queues.class,
        "Function Batch (Queues.batch), parameter messages: @ServiceBusQueueTrigger can't be a List"
            + " here: take a String or byte[]",
        "Function Batch (Queues.batch), parameter messages: sessions and batches (Cardinality.MANY)"
            + " are not run locally",
        "Function BytesAsText (Queues.bytes), parameter message: dataType \"\" does not go with"
            + " byte[]: a byte[] needs \"binary\", a String must not have it",
        "Function NoConnection (Queues.connection), parameter message: the setting Missing is"
            + " missing: set it to Service Bus's connection string",
        "Function IdentityConnection (Queues.identity), parameter message: the setting"
            + " Managed__fullyQualifiedNamespace asks for an identity, which the local Service Bus"
            + " does not know: set Managed to its connection string",
        "Function TextAsBytes (Queues.text), parameter message: dataType \"binary\" does not go with"
            + " String: a byte[] needs \"binary\", a String must not have it");
  }

  @Test
  void in_whenSettingsSchedulesOrRoutesAreWrong_thenNamesAllOfThem() {
    assertProblems(
        BadFunctions.Settings.class,
        "Function BadSchedule (Settings.bad), parameter timer: '* * * * *' is no six-field NCRONTAB"
            + " schedule {second} {minute} {hour} {day} {month} {weekday}",
        "Function MissingSettings (Settings.queue), parameter message: the setting QUEUE (in"
            + " '%QUEUE%') is missing: add it to the settings",
        "Function ReservedRoute (Settings.reserved), parameter request: Azure's host takes no route"
            + " that begins with admin or runtime, whatever its prefix",
        "Function RuntimeStatus (Settings.reservedByItsName), parameter request: Azure's host takes"
            + " no route that begins with admin or runtime, whatever its prefix",
        "Function BadRoute (Settings.route), parameter request: route 'api//x/{id:even}' has an"
            + " empty segment: no slash at its start or end, nor two in a row",
        "Function MissingSchedule (Settings.schedule), parameter timer: the setting SCHEDULE (in"
            + " '%SCHEDULE%') is missing: add it to the settings");
  }
}

package dev.drawbridge;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.GeneralCodingRules.NO_CLASSES_SHOULD_ACCESS_STANDARD_STREAMS;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.AccessTarget.CodeUnitAccessTarget;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.core.importer.Location;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.time.Clock;
import java.util.Date;

/** The rules of the layout, for everything under src/main. */
@AnalyzeClasses(
    packages = "dev.drawbridge",
    importOptions = {ImportOption.DoNotIncludeTests.class, ArchitectureTest.NotLocal.class})
class ArchitectureTest {

  /** Leaves out the local Azure, which is compiled with the tests. */
  static final class NotLocal implements ImportOption {
    @Override
    public boolean includes(Location location) {
      return !location.contains("/dev/drawbridge/local/");
    }
  }

  @ArchTest
  static final ArchRule CORE_IS_PLAIN_JAVA =
      classes()
          .that()
          .resideInAPackage("dev.drawbridge.access..")
          .should()
          .onlyDependOnClassesThat()
          .resideInAnyPackage("java..", "org.jspecify..", "dev.drawbridge.access..")
          .because(
              "what may be granted and when it ends is decided without a framework, a service or a"
                  + " format, so that it can be read and tested alone");

  @ArchTest
  static final ArchRule WORDS_DO_NOT_KNOW_THEIR_USE =
      noClasses()
          .that()
          .resideInAPackage("dev.drawbridge.access")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("dev.drawbridge.access.flow..", "dev.drawbridge.access.port..")
          .because("the words and rules are pure: no port stands between them and their test");

  @ArchTest
  static final ArchRule PORTS_DO_NOT_KNOW_THE_FLOW =
      noClasses()
          .that()
          .resideInAPackage("dev.drawbridge.access.port..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("dev.drawbridge.access.flow..")
          .because("an adapter serves the ports and needs nothing of what uses them");

  @ArchTest
  static final ArchRule FUNCTIONS_KNOW_NO_ADAPTER =
      noClasses()
          .that()
          .resideInAPackage("dev.drawbridge.functions..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "dev.drawbridge.azure..",
              "dev.drawbridge.ledger..",
              "dev.drawbridge.queue..",
              "com.azure..")
          .because(
              "functions only parse, call the core and answer; and a request that comes in must not"
                  + " wait for the classes of a service that it does not need");

  @ArchTest
  static final ArchRule TICKETS_ARE_READ_WITHOUT_A_SERVICE =
      classes()
          .that()
          .resideInAPackage("dev.drawbridge.tickets")
          .should()
          .onlyDependOnClassesThat()
          .resideInAnyPackage(
              "java..",
              "javax.crypto..",
              "org.jspecify..",
              "com.fasterxml.jackson..",
              "dev.drawbridge.access..",
              "dev.drawbridge.tickets")
          .because(
              "whether a call is authentic and what it asks for is decided on what was sent alone,"
                  + " so that hostile input reaches nothing before that");

  @ArchTest
  static final ArchRule ONE_HTTP_CLIENT =
      noClasses()
          .that()
          .resideOutsideOfPackage("dev.drawbridge.tickets.outbound")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("org.apache.hc..")
          .because("calls to addresses that others name go where the address is checked, only");

  @ArchTest
  static final ArchRule ONLY_ADAPTERS_AND_THE_ROOT_USE_THE_SDKS =
      noClasses()
          .that()
          .resideOutsideOfPackages(
              "dev.drawbridge",
              "dev.drawbridge.azure..",
              "dev.drawbridge.ledger..",
              "dev.drawbridge.queue..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("com.azure..")
          .because("a change of an SDK must stay in the adapter that uses it");

  @ArchTest
  static final ArchRule NOBODY_KNOWS_THE_ROOT =
      noClasses()
          .that()
          .resideOutsideOfPackage("dev.drawbridge")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("dev.drawbridge")
          .because("whoever needs something is given it when it is made");

  @ArchTest
  static final ArchRule NO_CYCLES =
      slices()
          .matching("dev.drawbridge.(*)..")
          .should()
          .beFreeOfCycles()
          .because("a part that can't be taken out can't be understood or replaced alone");

  @ArchTest
  static final ArchRule NOTHING_LOCAL =
      noClasses()
          .should()
          .dependOnClassesThat()
          .resideInAPackage("dev.drawbridge.local..")
          .because(
              "the same program runs locally and in Azure, and the local Azure isn't packaged");

  @ArchTest
  static final ArchRule ONE_CLOCK =
      noClasses()
          .should()
          .accessTargetWhere(
              predicate(
                  "reads the system's time, except for the clock of Drawbridge.of",
                  access -> readsSystemTime(access) && !isTheOneClock(access)))
          .because("time travels in tests: there is one clock in the wiring, and it is injected");

  @ArchTest
  static final ArchRule NO_STANDARD_STREAMS =
      NO_CLASSES_SHOULD_ACCESS_STANDARD_STREAMS.because(
          "what is not logged has no level, no operation and no place in Application Insights");

  @ArchTest
  static final ArchRule NO_SLEEP =
      noClasses()
          .should()
          .accessTargetWhere(
              predicate("sleeps", access -> access.getTarget().getName().equals("sleep")))
          .because("a function that waits is paid for and cut off; messages and sweeps come again");

  private static boolean readsSystemTime(JavaAccess<?> access) {
    String owner = access.getTargetOwner().getName();
    String name = access.getTarget().getName();
    boolean isNow =
        owner.startsWith("java.time.") && name.equals("now") && !takes(access, Clock.class);
    boolean isClock = access.getTargetOwner().isEquivalentTo(Clock.class) && isSystemClock(name);
    boolean isMillis =
        access.getTargetOwner().isEquivalentTo(System.class)
            && (name.equals("currentTimeMillis") || name.equals("nanoTime"));
    boolean isDate =
        access.getTargetOwner().isEquivalentTo(Date.class)
            && name.equals("<init>")
            && !takes(access, long.class);
    return isNow || isClock || isMillis || isDate;
  }

  private static boolean isSystemClock(String method) {
    return method.startsWith("system") || (method.startsWith("tick") && !method.equals("tick"));
  }

  private static boolean takes(JavaAccess<?> access, Class<?> type) {
    return access.getTarget() instanceof CodeUnitAccessTarget target
        && target.getRawParameterTypes().stream().anyMatch(taken -> taken.isEquivalentTo(type));
  }

  private static boolean isTheOneClock(JavaAccess<?> access) {
    return access.getOriginOwner().isEquivalentTo(Drawbridge.class)
        && access.getOrigin().getName().equals("of")
        && access.getTarget().getName().equals("systemUTC");
  }

  private static DescribedPredicate<JavaAccess<?>> predicate(
      String description, java.util.function.Predicate<JavaAccess<?>> holds) {
    return DescribedPredicate.describe(description, holds);
  }
}

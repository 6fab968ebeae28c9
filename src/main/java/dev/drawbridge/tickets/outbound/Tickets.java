package dev.drawbridge.tickets.outbound;

import dev.drawbridge.tickets.Secrets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.BiConsumer;

/** The ticketing systems whose tickets are told, by the name that tickets have them by. */
public final class Tickets {
  public static final Tickets NONE = new Tickets(Map.of());

  /** The setting that describes the systems, without their secrets. */
  public static final String SETTING = "TICKETS";

  /** What the names of the settings with secrets begin with. */
  public static final String SECRET_SETTING = "TICKET_SECRET_";

  private final Map<String, Account> accounts;

  private Tickets(Map<String, Account> accounts) {
    this.accounts = Map.copyOf(accounts);
  }

  /**
   * A secret that is missing stops nothing: without one its system is told nothing, which is said
   * when it would be.
   *
   * @param settings all of the app's
   * @param refuse told each setting that is wrong and why; why repeats no value
   */
  public static Tickets of(Map<String, String> settings, BiConsumer<String, String> refuse) {
    String document = settings.getOrDefault(SETTING, "");
    List<String> wrong = new ArrayList<>();
    Map<String, Account> described =
        document.isBlank() ? Map.of() : AccountReader.read(document, wrong);
    wrong.forEach(why -> refuse.accept(SETTING, why));
    Map<String, Account> accounts = new TreeMap<>();
    TreeSet<String> expected = new TreeSet<>();
    described.forEach(
        (name, account) -> {
          expected.add(account.secretSetting());
          String secret = settings.getOrDefault(account.secretSetting(), "").strip();
          accounts.put(name, account.with(Secrets.isUnresolved(secret) ? "" : secret));
        });
    if (wrong.isEmpty()) {
      Secrets.refuseStray(
          settings, SECRET_SETTING, expected, "belongs to no system in " + SETTING, refuse);
    }
    return new Tickets(accounts);
  }

  /** The name of the setting that holds a system's secret. */
  static String secretSetting(String system) {
    return Secrets.setting(SECRET_SETTING, system);
  }

  Optional<Account> account(String system) {
    return Optional.ofNullable(accounts.get(system));
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Tickets tickets && accounts.equals(tickets.accounts);
  }

  @Override
  public int hashCode() {
    return accounts.hashCode();
  }

  @Override
  public String toString() {
    return "Tickets" + new TreeSet<>(accounts.keySet());
  }
}

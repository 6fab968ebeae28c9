package dev.drawbridge.local.tickets;

import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Zendesk, Jira and ServiceNow, each on a port of loopback. */
public final class LocalTickets implements AutoCloseable {
  /** What Drawbridge signs in with; no secrets. */
  public static final Account ZENDESK =
      new Account("drawbridge@contoso.example", "local-zendesk-token");

  public static final Account JIRA = new Account("drawbridge@contoso.example", "local-jira-token");
  public static final Account SERVICENOW = new Account("drawbridge", "local-servicenow-password");

  /** How long each vendor waits for a webhook's answer. */
  private static final Duration ZENDESK_PATIENCE = Duration.ofSeconds(12);

  private static final Duration JIRA_PATIENCE = Duration.ofSeconds(20);
  private static final Duration SERVICENOW_PATIENCE = Duration.ofSeconds(30);

  private final List<TicketSystem> open;
  private final TicketSystem zendesk;
  private final TicketSystem jira;
  private final TicketSystem serviceNow;

  /** Ports of loopback; 0 for any free one. */
  public record Ports(int zendesk, int jira, int serviceNow) {
    public static final Ports ANY = new Ports(0, 0, 0);
  }

  /** What Drawbridge signs in with at each. */
  public record Accounts(Account zendesk, Account jira, Account serviceNow) {
    public static final Accounts LOCAL = new Accounts(ZENDESK, JIRA, SERVICENOW);
  }

  /** What each signs its webhooks with, or sends along. */
  public record Secrets(String zendesk, String jira, String serviceNow) {
    /** Those of local.settings.json.example. */
    public static final Secrets LOCAL =
        new Secrets("local-zendesk-secret", "local-jira-secret", "local-servicenow-secret");

    @Override
    public String toString() {
      return "Secrets[…]";
    }
  }

  private LocalTickets(
      Clock clock, Ports ports, Accounts accounts, Secrets secrets, List<TicketSystem> open) {
    this.open = open;
    zendesk = opened(zendesk(clock, ports.zendesk(), accounts.zendesk(), secrets.zendesk()));
    jira = opened(jira(clock, ports.jira(), accounts.jira(), secrets.jira()));
    serviceNow =
        opened(serviceNow(clock, ports.serviceNow(), accounts.serviceNow(), secrets.serviceNow()));
  }

  /** Starts all three, with the accounts above and the secrets of the example's settings. */
  public static LocalTickets start(Clock clock, Ports ports) {
    return start(clock, ports, Accounts.LOCAL, Secrets.LOCAL);
  }

  /**
   * Starts all three, or none.
   *
   * @param clock what comments, signatures and rate limits go by
   * @throws dev.drawbridge.local.http.PortInUseException if another process has one of the ports
   */
  public static LocalTickets start(Clock clock, Ports ports, Accounts accounts, Secrets secrets) {
    List<TicketSystem> open = new ArrayList<>();
    try {
      return new LocalTickets(clock, ports, accounts, secrets, open);
    } catch (RuntimeException e) {
      open.forEach(TicketSystem::close);
      throw e;
    }
  }

  public TicketSystem zendesk() {
    return zendesk;
  }

  public TicketSystem jira() {
    return jira;
  }

  public TicketSystem serviceNow() {
    return serviceNow;
  }

  /**
   * Where their webhooks go from now on.
   *
   * @param api the address of Drawbridge's API, without a slash at its end
   */
  public void sendTo(URI api) {
    zendesk.sendTo(URI.create(api + "/webhooks/zendesk"));
    jira.sendTo(URI.create(api + "/webhooks/jira"));
    serviceNow.sendTo(URI.create(api + "/webhooks/servicenow"));
  }

  @Override
  public void close() {
    open.forEach(TicketSystem::close);
  }

  private TicketSystem opened(TicketSystem system) {
    open.add(system);
    return system;
  }

  private static TicketSystem zendesk(Clock clock, int port, Account account, String secret) {
    Webhook webhook = new Webhook(ZENDESK_PATIENCE, Signing.zendesk(secret, clock));
    Zendesk desk = new Zendesk(clock, webhook);
    ZendeskApi api = new ZendeskApi(desk, account, clock);
    return TicketSystem.start("zendesk", port, desk, webhook, api::handle, api::fault);
  }

  private static TicketSystem jira(Clock clock, int port, Account account, String secret) {
    Webhook webhook = new Webhook(JIRA_PATIENCE, Signing.jira(secret));
    Jira desk = new Jira(clock, webhook);
    JiraApi api = new JiraApi(desk, account);
    return TicketSystem.start("jira", port, desk, webhook, api::handle, api::fault);
  }

  private static TicketSystem serviceNow(Clock clock, int port, Account account, String secret) {
    Webhook webhook = new Webhook(SERVICENOW_PATIENCE, Signing.serviceNow(secret));
    ServiceNow desk = new ServiceNow(clock, webhook);
    ServiceNowApi api = new ServiceNowApi(desk, account);
    return TicketSystem.start("servicenow", port, desk, webhook, api::handle, api::fault);
  }
}

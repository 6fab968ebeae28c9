package dev.drawbridge.tickets.outbound;

import dev.drawbridge.access.port.PassingFault;
import java.net.URI;

/**
 * How a ticketing system is reached.
 *
 * @param name of the system, as tickets have it
 * @param table of ServiceNow's tickets
 * @param isPublic whether requesters see the comments
 * @param secretSetting the name of the setting with the secret
 * @param secret empty as long as it is not set or can't be read
 */
record Account(
    String name,
    Type type,
    URI url,
    String user,
    String table,
    boolean isPublic,
    String secretSetting,
    String secret) {

  /** The systems whose API is known here. */
  enum Type {
    ZENDESK("zendesk"),
    JIRA("jira"),
    JIRA_SERVICE_DESK("jira-service-desk"),
    SERVICENOW("servicenow");

    private final String word;

    Type(String word) {
      this.word = word;
    }

    String word() {
      return word;
    }
  }

  /**
   * The system, called through {@code http}.
   *
   * @throws PassingFault if there is no secret yet
   */
  TicketSystem system(Http http) {
    if (secret.isEmpty()) {
      throw new PassingFault(
          "noSecret",
          "%s can't be told: the setting %s is missing, or its Key Vault reference can't be read."
              .formatted(name, secretSetting));
    }
    Api api = new Api(name, url, type == Type.ZENDESK ? user + "/token" : user, secret, http);
    return switch (type) {
      case ZENDESK -> new Zendesk(api, isPublic);
      case JIRA -> new Jira(api, isPublic);
      case JIRA_SERVICE_DESK -> new JiraServiceDesk(api, isPublic);
      case SERVICENOW -> new ServiceNow(api, table, isPublic);
    };
  }

  Account with(String changed) {
    return new Account(name, type, url, user, table, isPublic, secretSetting, changed);
  }

  /** Without the secret. */
  @Override
  public String toString() {
    return "Account[%s at %s]".formatted(name, url);
  }
}

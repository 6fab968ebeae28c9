package dev.drawbridge.tickets.outbound;

import com.fasterxml.jackson.databind.JsonNode;
import dev.drawbridge.tickets.SettingsDocument;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Reads the settings' description of the ticketing systems and gathers what is wrong with it. */
final class AccountReader {
  private static final List<String> MEMBERS = List.of("public", "table", "type", "url", "user");
  private static final Set<String> LOOPBACK = Set.of("localhost", "127.0.0.1");
  private static final URI NO_URL = URI.create("https://invalid.invalid");
  private static final String USUAL_TABLE = "sc_req_item";

  private final SettingsDocument settings;

  private AccountReader(SettingsDocument settings) {
    this.settings = settings;
  }

  /**
   * The accounts, without their secrets.
   *
   * @param wrong gets each mistake, with a JSON Pointer to where it is
   */
  static Map<String, Account> read(String document, List<String> wrong) {
    SettingsDocument settings = new SettingsDocument(wrong);
    return settings.members(
        document, "ticketing system", "system", new AccountReader(settings)::account);
  }

  private Account account(String name, JsonNode described) {
    String at = "/" + name;
    settings.refuseUnknown(at, described, MEMBERS);
    Optional<Account.Type> type = type(described.path("type"), name);
    if (type.isEmpty()) {
      settings.refuse(
          at + "/type",
          "must be zendesk, jira, jira-service-desk or servicenow, if the system's name is none of"
              + " these");
    }
    JsonNode isPublic = described.path("public");
    if (!isPublic.isMissingNode() && !isPublic.isBoolean()) {
      settings.refuse(at + "/public", "must be true or false");
    }
    return new Account(
        name,
        type.orElse(Account.Type.ZENDESK),
        url(at + "/url", described.path("url")),
        user(at + "/user", described.path("user")),
        table(at + "/table", described.path("table"), type),
        isPublic.booleanValue(),
        Tickets.secretSetting(name),
        "");
  }

  private static Optional<Account.Type> type(JsonNode type, String name) {
    String word = type.isMissingNode() ? name : type.asText();
    return Arrays.stream(Account.Type.values()).filter(one -> one.word().equals(word)).findFirst();
  }

  private URI url(String at, JsonNode url) {
    try {
      URI uri = new URI(url.asText());
      String host = uri.getHost();
      boolean isSafe =
          "https".equals(uri.getScheme())
              || ("http".equals(uri.getScheme()) && host != null && LOOPBACK.contains(host));
      boolean isBare =
          uri.getRawUserInfo() == null && uri.getRawQuery() == null && uri.getRawFragment() == null;
      if (url.isTextual() && host != null && isSafe && isBare) {
        return uri;
      }
    } catch (URISyntaxException e) {
      // Told without its message, which repeats the text.
    }
    settings.refuse(at, "must be an https address without user, query and fragment");
    return NO_URL;
  }

  private String user(String at, JsonNode user) {
    if (!user.isTextual() || !user.textValue().matches("[^\\p{Cc}:]*[^\\p{Cc}:\\s][^\\p{Cc}:]*")) {
      settings.refuse(at, "must be the name of an account, without a colon");
    }
    return user.asText();
  }

  private String table(String at, JsonNode table, Optional<Account.Type> type) {
    if (table.isMissingNode()) {
      return USUAL_TABLE;
    }
    if (type.isPresent() && type.get() != Account.Type.SERVICENOW) {
      settings.refuse(at, "is for servicenow alone");
    } else if (!table.isTextual() || !table.textValue().matches("[a-z][a-z0-9_]{0,79}")) {
      settings.refuse(at, "must be the name of a table, such as sc_req_item");
    }
    return table.asText();
  }
}

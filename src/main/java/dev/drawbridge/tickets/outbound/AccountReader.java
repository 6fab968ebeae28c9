package dev.drawbridge.tickets.outbound;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Reads the settings' description of the ticketing systems and gathers what is wrong with it. */
final class AccountReader {
  private static final ObjectMapper JSON =
      JsonMapper.builder()
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build();
  private static final List<String> MEMBERS = List.of("public", "table", "type", "url", "user");
  private static final Set<String> LOOPBACK = Set.of("localhost", "127.0.0.1");
  private static final URI NO_URL = URI.create("https://invalid.invalid");
  private static final String USUAL_TABLE = "sc_req_item";

  private final List<String> wrong;

  private AccountReader(List<String> wrong) {
    this.wrong = wrong;
  }

  /**
   * The accounts, without their secrets.
   *
   * @param wrong gets each mistake, with a JSON Pointer to where it is
   */
  static Map<String, Account> read(String document, List<String> wrong) {
    AccountReader reader = new AccountReader(wrong);
    try {
      JsonNode tree = JSON.readTree(document);
      if (tree.isObject()) {
        return reader.accounts(tree);
      }
    } catch (JsonProcessingException e) {
      // Told without its message: that repeats the text, which may be a secret in the wrong place.
    }
    wrong.add("must be one JSON object, with a member for each ticketing system");
    return Map.of();
  }

  static Account with(Account account, String secret) {
    return new Account(
        account.name(),
        account.type(),
        account.url(),
        account.user(),
        account.table(),
        account.isPublic(),
        account.secretSetting(),
        secret);
  }

  private Map<String, Account> accounts(JsonNode document) {
    Map<String, Account> accounts = new LinkedHashMap<>();
    document
        .properties()
        .forEach(
            member -> {
              String name = member.getKey();
              if (!name.matches("[a-z][a-z0-9-]{0,31}")) {
                wrong.add(
                    "has a system whose name is not 1 to 32 lower-case letters, digits and hyphens");
              } else if (!member.getValue().isObject()) {
                refuse("/" + name, "must be an object");
              } else {
                accounts.put(name, account(name, member.getValue()));
              }
            });
    return accounts;
  }

  private Account account(String name, JsonNode described) {
    String at = "/" + name;
    described
        .fieldNames()
        .forEachRemaining(
            member -> {
              if (!MEMBERS.contains(member)) {
                refuse(at, "must have no members but " + String.join(", ", MEMBERS));
              }
            });
    Optional<Account.Type> type = type(described.path("type"), name);
    if (type.isEmpty()) {
      refuse(
          at + "/type",
          "must be zendesk, jira, jira-service-desk or servicenow, if the system's name is none of"
              + " these");
    }
    JsonNode isPublic = described.path("public");
    if (!isPublic.isMissingNode() && !isPublic.isBoolean()) {
      refuse(at + "/public", "must be true or false");
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
    refuse(at, "must be an https address without user, query and fragment");
    return NO_URL;
  }

  private String user(String at, JsonNode user) {
    if (!user.isTextual() || !user.textValue().matches("[^\\p{Cc}:]*[^\\p{Cc}:\\s][^\\p{Cc}:]*")) {
      refuse(at, "must be the name of an account, without a colon");
    }
    return user.asText();
  }

  private String table(String at, JsonNode table, Optional<Account.Type> type) {
    if (table.isMissingNode()) {
      return USUAL_TABLE;
    }
    if (type.isPresent() && type.get() != Account.Type.SERVICENOW) {
      refuse(at, "is for servicenow alone");
    } else if (!table.isTextual() || !table.textValue().matches("[a-z][a-z0-9_]{0,79}")) {
      refuse(at, "must be the name of a table, such as sc_req_item");
    }
    return table.asText();
  }

  private void refuse(String at, String why) {
    wrong.add("%s: %s".formatted(at, why));
  }
}

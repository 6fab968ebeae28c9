package dev.drawbridge.functions;

import dev.drawbridge.fuzz.Hostile;
import dev.drawbridge.line.Signer;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;

/** Events of each type of source, rightly signed whatever is in them. */
final class HostileEvents {
  /** The files under examples/webhooks whose bodies events are like. */
  static final List<String> EXAMPLES =
      List.of(
          "zendesk",
          "jira",
          "jira-automation",
          "jira-automation-issue",
          "servicenow",
          "standard",
          "cloudevents",
          "cloudevents-binary",
          "generic");

  private HostileEvents() {}

  static HostileRequestsTest.Sent signed(
      String example, String body, Map<String, String> attributes) {
    String source = example.replaceFirst("-.*", "");
    Map<String, String> headers =
        switch (example) {
          case "zendesk" -> Signer.zendesk(body, FakeApp.NOW);
          case "jira", "jira-automation" -> Signer.jira(body);
          case "jira-automation-issue" -> Signer.secret(Signer.JIRA);
          case "servicenow" -> Signer.standard(Signer.SERVICENOW_KEY, "msg", FakeApp.NOW, body);
          case "standard" -> Signer.standard(Signer.STANDARD_KEY, "msg", FakeApp.NOW, body);
          case "cloudevents" ->
              Signer.secret(Signer.CLOUDEVENTS, "application/cloudevents+json; charset=utf-8");
          case "cloudevents-binary" -> binary(attributes);
          default -> Signer.secret(Signer.GENERIC);
        };
    return new HostileRequestsTest.Sent(source, body, headers);
  }

  private static Map<String, String> binary(Map<String, String> attributes) {
    Map<String, String> headers = new HashMap<>(Signer.secret(Signer.CLOUDEVENTS));
    headers.put("ce-specversion", "1.0");
    headers.put("ce-id", "5f2d");
    headers.put("ce-source", "/contoso/requests%20in");
    headers.put("ce-type", "example.contoso.connection.approved");
    headers.putAll(attributes);
    return headers;
  }

  /** Headers of a CloudEvent in binary mode, right ones overwritten among them. */
  static Arbitrary<Map<String, String>> attributes() {
    Arbitrary<String> names =
        Arbitraries.oneOf(
            Arbitraries.of("ce-specversion", "ce-id", "ce-source", "ce-type", "ce-data", "ce-"),
            Hostile.texts().map(text -> "ce-" + text));
    Arbitrary<String> values =
        Arbitraries.oneOf(
            Hostile.texts(),
            Arbitraries.of("%", "%4", "%zz", "%ff%fe", "%00", "%ed%a0%80", "+", "1.0"));
    return Arbitraries.maps(names, values).ofMaxSize(2);
  }
}

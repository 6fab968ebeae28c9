package dev.drawbridge.line;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import dev.drawbridge.local.arm.ArmFixture;
import dev.drawbridge.local.arm.PrincipalSpec;
import dev.drawbridge.local.arm.PrincipalType;
import dev.drawbridge.local.arm.RoleAssignment;
import dev.drawbridge.local.arm.SampleWorld;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.time.Instant;
import java.util.UUID;

/** Somebody who is Owner of the subscription, with Privileged Identity Management at hand. */
final class Administrator {
  private static final String SECRET = "the-owners-secret";

  private final Line line;
  private final String clientId = UUID.randomUUID().toString();

  private Administrator(Line line) {
    this.line = line;
  }

  static Administrator of(Line line) {
    Administrator owner = new Administrator(line);
    String objectId = UUID.randomUUID().toString();
    line.azure
        .world()
        .addPrincipal(
            new PrincipalSpec(
                objectId, owner.clientId, "owner", PrincipalType.APPLICATION, SECRET));
    line.azure.world().assign(objectId, "Owner", "/subscriptions/" + SampleWorld.SUBSCRIPTION);
    return owner;
  }

  /** Assigns, changes or removes what an assignment says, for a time. */
  void request(String type, RoleAssignment about, String justification, Instant end) {
    String body =
        """
        {"properties": {"requestType": "%s", "principalId": "%s", "justification": "%s",
          "roleDefinitionId": "%s/providers/Microsoft.Authorization/roleDefinitions/%s",
          "scheduleInfo": {"expiration": {"type": "AfterDateTime", "endDateTime": "%s"}}}}
        """
            .formatted(
                type, about.principalId(), justification, about.scope(), about.roleName(), end);
    HttpResponse<String> answer =
        send(
            HttpRequest.newBuilder(at(about, "roleAssignmentScheduleRequests/" + UUID.randomUUID()))
                .header("Content-Type", "application/json")
                .PUT(BodyPublishers.ofString(body)));
    assertEquals(201, answer.statusCode(), answer.body());
  }

  /** The justifications of all requests about the same, oldest first or not. */
  JsonNode requests(RoleAssignment about) {
    HttpResponse<String> answer =
        send(HttpRequest.newBuilder(at(about, "roleAssignmentScheduleRequests")).GET());
    assertEquals(200, answer.statusCode(), answer.body());
    return ArmFixture.json(answer).path("value");
  }

  private URI at(RoleAssignment about, String path) {
    return URI.create(
        "%s%s/providers/Microsoft.Authorization/%s?api-version=2020-10-01"
            .formatted(line.azure.arm().armEndpoint(), about.scope(), path));
  }

  private HttpResponse<String> send(HttpRequest.Builder request) {
    return ArmFixture.send(request.header("Authorization", "Bearer " + token()));
  }

  private String token() {
    String form =
        "grant_type=client_credentials&client_id=%s&client_secret=%s&scope=https://management.azure.com/.default"
            .formatted(clientId, SECRET);
    return ArmFixture.json(
            ArmFixture.send(
                HttpRequest.newBuilder(line.azure.arm().tokenEndpoint())
                    .header("Content-Type", "application/x-www-form-urlencoded")
                    .POST(BodyPublishers.ofString(form))))
        .path("access_token")
        .asText();
  }
}

package dev.drawbridge.local;

import com.azure.core.credential.TokenCredential;
import com.azure.core.credential.TokenRequestContext;
import dev.drawbridge.local.arm.LocalArm;
import dev.drawbridge.local.arm.ManagedIdentityTokens;
import dev.drawbridge.local.arm.SampleWorld;
import java.util.Map;

/** Tries to approve private endpoint connections, to show who may and when. */
public final class Approver {
  private static final String APPROVED =
      "{\"properties\":{\"privateLinkServiceConnectionState\":{\"status\":\"Approved\"}}}";

  private final LocalArm arm;

  public Approver(LocalArm arm) {
    this.arm = arm;
  }

  /**
   * With Drawbridge's own identity.
   *
   * @return the HTTP status
   */
  public int asDrawbridge(String connectionId, String apiVersion) {
    TokenCredential identity =
        new ManagedIdentityTokens(arm.identityEndpoint(), arm.identityHeader());
    TokenRequestContext arms = new TokenRequestContext().addScopes(arm.armEndpoint() + "/.default");
    return approve(connectionId, apiVersion, identity.getTokenSync(arms).getToken());
  }

  /**
   * With the vendor's.
   *
   * @return the HTTP status, that of the sign-in where it can't even do that
   */
  public int asVendor(String connectionId, String apiVersion) {
    ApiClient.Answer signedIn =
        new ApiClient(arm.tokenEndpoint(), Map.of())
            .post(
                "",
                "grant_type=client_credentials&client_id=%s&client_secret=%s&scope=%s/.default"
                    .formatted(
                        SampleWorld.ASTRONOMER_CLIENT_ID,
                        SampleWorld.ASTRONOMER_SECRET,
                        arm.armEndpoint()),
                Map.of("Content-Type", "application/x-www-form-urlencoded"));
    return signedIn.status() == 200
        ? approve(connectionId, apiVersion, signedIn.body().path("access_token").asText())
        : signedIn.status();
  }

  private int approve(String connectionId, String apiVersion, String token) {
    return new ApiClient(arm.armEndpoint(), Map.of("Authorization", "Bearer " + token))
        .put(connectionId + "?api-version=" + apiVersion, APPROVED)
        .status();
  }
}

package dev.drawbridge.azure;

import com.azure.core.credential.TokenCredential;
import com.azure.core.http.HttpClient;
import com.azure.core.http.HttpPipeline;
import com.azure.core.http.HttpPipelineBuilder;
import com.azure.core.http.jdk.httpclient.JdkHttpClientProvider;
import com.azure.core.http.policy.HttpPipelinePolicy;
import com.azure.core.http.policy.RequestIdPolicy;
import com.azure.core.http.policy.UserAgentPolicy;
import com.azure.core.management.AzureEnvironment;
import com.azure.core.management.profile.AzureProfile;
import com.azure.core.util.HttpClientOptions;
import com.azure.resourcemanager.authorization.AuthorizationManager;
import com.azure.resourcemanager.network.NetworkManager;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;

/**
 * The way to Azure Resource Manager and Microsoft Graph: one pipeline without retries of its own,
 * since a grant waits on its queue and a sweep comes again, and with a {@link Budget} that all
 * calls keep to.
 */
public final class Arm {
  private static final Duration CONNECTED_WITHIN = Duration.ofSeconds(10);
  private static final Duration ANSWERED_WITHIN = Duration.ofSeconds(30);

  private final HttpPipeline pipeline;
  private final AzureEnvironment environment;
  private final UUID tenantId;

  /**
   * @param armEndpoint Azure Resource Manager's address, such as https://management.azure.com/
   * @param graphEndpoint Microsoft Graph's, such as https://graph.microsoft.com/
   */
  public Arm(
      TokenCredential credential, UUID tenantId, URI armEndpoint, URI graphEndpoint, Clock clock) {
    this.tenantId = tenantId;
    this.environment = environment(armEndpoint, graphEndpoint);
    this.pipeline =
        new HttpPipelineBuilder()
            .httpClient(httpClient())
            .policies(
                new HttpPipelinePolicy[] {
                  new UserAgentPolicy("drawbridge"),
                  new RequestIdPolicy(),
                  new TracePolicy(),
                  new BudgetPolicy(new Budget(clock)),
                  new BearerTokenPolicy(credential, environment)
                })
            .build();
  }

  AuthorizationManager authorization() {
    return AuthorizationManager.authenticate(
        pipeline, new AzureProfile(tenantId.toString(), null, environment));
  }

  /** The manager of one subscription's networks. */
  NetworkManager networks(UUID subscription) {
    return NetworkManager.authenticate(
        pipeline, new AzureProfile(tenantId.toString(), subscription.toString(), environment));
  }

  /** Resources of any provider. */
  ArmRest rest() {
    return new ArmRest(pipeline, URI.create(environment.getResourceManagerEndpoint()));
  }

  private static HttpClient httpClient() {
    return new JdkHttpClientProvider()
        .createInstance(
            new HttpClientOptions()
                .setConnectTimeout(CONNECTED_WITHIN)
                .setResponseTimeout(ANSWERED_WITHIN)
                .setReadTimeout(ANSWERED_WITHIN));
  }

  /**
   * The public cloud's environment at other addresses; which token a call needs follows from it.
   */
  private static AzureEnvironment environment(URI armEndpoint, URI graphEndpoint) {
    Map<String, String> endpoints = new HashMap<>(AzureEnvironment.AZURE.getEndpoints());
    String arm = withSlash(armEndpoint);
    endpoints.put("managementEndpointUrl", arm);
    endpoints.put("resourceManagerEndpointUrl", arm);
    endpoints.put("microsoftGraphResourceId", withSlash(graphEndpoint));
    return new AzureEnvironment(endpoints);
  }

  private static String withSlash(URI endpoint) {
    String text = endpoint.toString();
    return text.endsWith("/") ? text : text + "/";
  }
}

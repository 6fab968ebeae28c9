package dev.drawbridge.local.arm;

import com.azure.core.credential.TokenCredential;
import com.azure.core.http.HttpHeaderName;
import com.azure.core.http.HttpMethod;
import com.azure.core.http.HttpPipeline;
import com.azure.core.http.HttpPipelineBuilder;
import com.azure.core.http.HttpPipelineCallContext;
import com.azure.core.http.HttpPipelineNextPolicy;
import com.azure.core.http.HttpPipelineNextSyncPolicy;
import com.azure.core.http.HttpRequest;
import com.azure.core.http.HttpResponse;
import com.azure.core.http.jdk.httpclient.JdkHttpClientProvider;
import com.azure.core.http.policy.RetryPolicy;
import com.azure.core.management.AzureEnvironment;
import com.azure.core.management.profile.AzureProfile;
import com.azure.core.util.Context;
import com.azure.resourcemanager.authorization.AuthorizationManager;
import com.azure.resourcemanager.authorization.fluent.AuthorizationManagementClient;
import com.azure.resourcemanager.authorization.fluent.MicrosoftGraphClient;
import com.azure.resourcemanager.network.NetworkManager;
import com.azure.resourcemanager.network.fluent.NetworkManagementClient;
import com.azure.resourcemanager.resources.ResourceManager;
import com.azure.resourcemanager.resources.fluentcore.policy.AuthenticationPolicy;
import java.net.URL;
import java.util.HashMap;
import java.util.Map;
import reactor.core.publisher.Mono;

/** The real SDK's clients, pointed at a local Azure. */
final class SdkClients {
  /** The SDK sends no token over http; on loopback this one does. */
  private static final class LoopbackAuthentication extends AuthenticationPolicy {
    LoopbackAuthentication(TokenCredential credential, AzureEnvironment environment) {
      super(credential, environment);
    }

    @Override
    public Mono<HttpResponse> process(
        HttpPipelineCallContext context, HttpPipelineNextPolicy next) {
      return isLoopback(context)
          ? authorizeRequest(context).then(Mono.defer(next::process))
          : super.process(context, next);
    }

    @Override
    public HttpResponse processSync(
        HttpPipelineCallContext context, HttpPipelineNextSyncPolicy next) {
      if (!isLoopback(context)) {
        return super.processSync(context, next);
      }
      authorizeRequestSync(context);
      return next.processSync();
    }

    private static boolean isLoopback(HttpPipelineCallContext context) {
      URL url = context.getHttpRequest().getUrl();
      return url.getProtocol().equals("http") && url.getHost().equals("127.0.0.1");
    }
  }

  private final String armUrl;
  private final HttpPipeline pipeline;
  private final AzureProfile profile;
  private final AuthorizationManager authorization;

  SdkClients(LocalArm arm, TokenCredential credential) {
    Map<String, String> endpoints = new HashMap<>(AzureEnvironment.AZURE.getEndpoints());
    armUrl = arm.armEndpoint() + "/";
    endpoints.put(AzureEnvironment.Endpoint.MANAGEMENT.identifier(), armUrl);
    endpoints.put(AzureEnvironment.Endpoint.RESOURCE_MANAGER.identifier(), armUrl);
    endpoints.put(
        AzureEnvironment.Endpoint.MICROSOFT_GRAPH.identifier(), arm.graphEndpoint() + "/");
    AzureEnvironment environment = new AzureEnvironment(endpoints);
    profile = new AzureProfile(SampleWorld.TENANT, SampleWorld.SUBSCRIPTION, environment);
    pipeline =
        new HttpPipelineBuilder()
            .httpClient(new JdkHttpClientProvider().createInstance())
            .policies(new RetryPolicy(), new LoopbackAuthentication(credential, environment))
            .build();
    authorization = AuthorizationManager.authenticate(pipeline, profile);
  }

  /** With the managed identity of the local Azure. */
  static SdkClients ofDrawbridge(LocalArm arm) {
    return new SdkClients(
        arm, new ManagedIdentityTokens(arm.identityEndpoint(), arm.identityHeader()));
  }

  /** Sends a request on the pipeline itself, for what these SDK modules have no client for. */
  HttpResponse send(HttpMethod method, String pathAndQuery, String body) {
    HttpRequest request = new HttpRequest(method, armUrl + pathAndQuery.substring(1));
    if (!body.isEmpty()) {
      request.setHeader(HttpHeaderName.CONTENT_TYPE, "application/json").setBody(body);
    }
    return pipeline.sendSync(request, Context.NONE);
  }

  AuthorizationManagementClient roles() {
    return authorization.roleServiceClient();
  }

  MicrosoftGraphClient graph() {
    return authorization.serviceClient();
  }

  NetworkManagementClient network() {
    return NetworkManager.authenticate(pipeline, profile).serviceClient();
  }

  ResourceManager resources() {
    return ResourceManager.authenticate(pipeline, profile)
        .withSubscription(SampleWorld.SUBSCRIPTION);
  }
}

package dev.drawbridge.azure;

import com.azure.core.credential.TokenCredential;
import com.azure.core.http.HttpPipelineCallContext;
import com.azure.core.http.HttpPipelineNextPolicy;
import com.azure.core.http.HttpPipelineNextSyncPolicy;
import com.azure.core.http.HttpResponse;
import com.azure.core.http.policy.HttpPipelinePolicy;
import com.azure.core.management.AzureEnvironment;
import com.azure.resourcemanager.resources.fluentcore.policy.AuthenticationPolicy;
import java.net.URL;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import reactor.core.publisher.Mono;

/**
 * Sends the token as the SDK does, with one of its policies for each service: a policy keeps one
 * token, and while it asks for one service's, a call to another would be given that, too, and be
 * refused for good ({@code InvalidAuthenticationTokenAudience}).
 */
final class BearerTokenPolicy implements HttpPipelinePolicy {
  private final TokenCredential credential;
  private final AzureEnvironment environment;
  private final Map<String, HttpPipelinePolicy> byService = new ConcurrentHashMap<>();

  BearerTokenPolicy(TokenCredential credential, AzureEnvironment environment) {
    this.credential = credential;
    this.environment = environment;
  }

  @Override
  public Mono<HttpResponse> process(HttpPipelineCallContext call, HttpPipelineNextPolicy next) {
    return policy(call).process(call, next);
  }

  @Override
  public HttpResponse processSync(HttpPipelineCallContext call, HttpPipelineNextSyncPolicy next) {
    return policy(call).processSync(call, next);
  }

  private HttpPipelinePolicy policy(HttpPipelineCallContext call) {
    return byService.computeIfAbsent(
        call.getHttpRequest().getUrl().getAuthority(),
        service -> new OneService(credential, environment));
  }

  /**
   * Sends a token only over https, with one exception: over plain http to this very machine, where
   * nobody can listen in.
   */
  private static final class OneService extends AuthenticationPolicy {
    private static final Set<String> LOOPBACK = Set.of("127.0.0.1", "localhost", "[::1]");

    OneService(TokenCredential credential, AzureEnvironment environment) {
      super(credential, environment);
    }

    @Override
    public Mono<HttpResponse> process(HttpPipelineCallContext call, HttpPipelineNextPolicy next) {
      return staysOnThisMachine(call)
          ? authorizeRequest(call).then(next.process())
          : super.process(call, next);
    }

    @Override
    public HttpResponse processSync(HttpPipelineCallContext call, HttpPipelineNextSyncPolicy next) {
      if (!staysOnThisMachine(call)) {
        return super.processSync(call, next);
      }
      authorizeRequestSync(call);
      return next.processSync();
    }

    private static boolean staysOnThisMachine(HttpPipelineCallContext call) {
      URL url = call.getHttpRequest().getUrl();
      return url.getProtocol().equals("http") && LOOPBACK.contains(url.getHost());
    }
  }
}

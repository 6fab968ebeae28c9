package dev.drawbridge.azure;

import com.azure.core.credential.TokenCredential;
import com.azure.core.http.HttpPipelineCallContext;
import com.azure.core.http.HttpPipelineNextPolicy;
import com.azure.core.http.HttpPipelineNextSyncPolicy;
import com.azure.core.http.HttpResponse;
import com.azure.core.management.AzureEnvironment;
import com.azure.resourcemanager.resources.fluentcore.policy.AuthenticationPolicy;
import java.net.URL;
import java.util.Set;
import reactor.core.publisher.Mono;

/**
 * Sends the token as the SDK does, that is only over https, with one exception: over plain http to
 * this very machine, where nobody can listen in.
 */
final class BearerTokenPolicy extends AuthenticationPolicy {
  private static final Set<String> LOOPBACK = Set.of("127.0.0.1", "localhost", "[::1]");

  BearerTokenPolicy(TokenCredential credential, AzureEnvironment environment) {
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

package dev.drawbridge.azure;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.azure.core.credential.AccessToken;
import com.azure.core.credential.TokenCredential;
import com.azure.core.credential.TokenRequestContext;
import com.azure.core.http.HttpClient;
import com.azure.core.http.HttpHeaderName;
import com.azure.core.http.HttpMethod;
import com.azure.core.http.HttpPipeline;
import com.azure.core.http.HttpPipelineBuilder;
import com.azure.core.http.HttpRequest;
import com.azure.core.http.HttpResponse;
import com.azure.core.management.AzureEnvironment;
import com.azure.core.util.Context;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;

final class BearerTokenPolicyTest {
  private static final String GRAPH = "graph.microsoft.com";
  private static final String ARM = "management.azure.com";

  private final List<String> sent = new CopyOnWriteArrayList<>();

  /** The SDK's clients call asynchronously, and those of ours synchronously. */
  @Test
  void call_whenAnotherServiceWasCalledBefore_thenHasATokenOfItsOwnWhileThatIsStillAskedFor()
      throws Exception {
    CountDownLatch asked = new CountDownLatch(1);
    CountDownLatch answered = new CountDownLatch(1);
    HttpPipeline pipeline = pipeline(new SlowForArm(asked, answered));
    assertEquals(200, call(pipeline, GRAPH).get(10, TimeUnit.SECONDS).getStatusCode());

    CompletableFuture<Void> first =
        CompletableFuture.runAsync(() -> pipeline.sendSync(get(ARM), Context.NONE).close());
    assertTrue(asked.await(10, TimeUnit.SECONDS));
    assertEquals(200, call(pipeline, ARM).get(10, TimeUnit.SECONDS).getStatusCode());
    answered.countDown();
    first.get(10, TimeUnit.SECONDS);

    assertEquals(
        List.of(
            GRAPH + " Bearer for https://graph.microsoft.com/.default",
            ARM + " Bearer for https://management.core.windows.net//.default",
            ARM + " Bearer for https://management.core.windows.net//.default"),
        sent);
  }

  private record SlowForArm(CountDownLatch asked, CountDownLatch answered)
      implements TokenCredential {
    @Override
    public Mono<AccessToken> getToken(TokenRequestContext request) {
      String text = "for " + request.getScopes().get(0);
      return Mono.just(new AccessToken(text, OffsetDateTime.now(ZoneOffset.UTC).plusHours(1)));
    }

    @Override
    public AccessToken getTokenSync(TokenRequestContext request) {
      asked.countDown();
      try {
        assertTrue(answered.await(10, TimeUnit.SECONDS));
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
      return Objects.requireNonNull(getToken(request).block());
    }
  }

  private HttpPipeline pipeline(TokenCredential credential) {
    HttpClient azure =
        request -> {
          sent.add(
              request.getUrl().getHost()
                  + " "
                  + request.getHeaders().getValue(HttpHeaderName.AUTHORIZATION));
          return Mono.just(StubArm.response(200, "", Map.of()));
        };
    return new HttpPipelineBuilder()
        .httpClient(azure)
        .policies(new BearerTokenPolicy(credential, AzureEnvironment.AZURE))
        .build();
  }

  private static CompletableFuture<HttpResponse> call(HttpPipeline pipeline, String host) {
    return pipeline.send(get(host)).toFuture();
  }

  private static HttpRequest get(String host) {
    return new HttpRequest(HttpMethod.GET, "https://" + host + "/");
  }
}

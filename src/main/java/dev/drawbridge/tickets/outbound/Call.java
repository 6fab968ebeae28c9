package dev.drawbridge.tickets.outbound;

import dev.drawbridge.tickets.outbound.Http.Patience;
import dev.drawbridge.tickets.outbound.Http.Resolver;
import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import org.apache.hc.client5.http.DnsResolver;
import org.apache.hc.client5.http.classic.ExecChain;
import org.apache.hc.client5.http.classic.methods.HttpUriRequestBase;
import org.apache.hc.client5.http.config.ConnectionConfig;
import org.apache.hc.client5.http.config.RequestConfig;
import org.apache.hc.client5.http.impl.ChainElement;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClientBuilder;
import org.apache.hc.client5.http.impl.io.ManagedHttpClientConnectionFactory;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManagerBuilder;
import org.apache.hc.client5.http.io.HttpClientConnectionManager;
import org.apache.hc.core5.http.ClassicHttpRequest;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.config.Http1Config;
import org.apache.hc.core5.util.Timeout;

/** One request, which knows whether it may have been sent; and the client that sends it. */
final class Call extends HttpUriRequestBase {
  private static final long serialVersionUID = 1L;
  private static final int MOST_CONNECTIONS = 50;
  private static final int LONGEST_HEADER = 16 * 1024;
  private static final int MOST_HEADERS = 200;

  private volatile boolean sent;

  Call(String method, URI uri) {
    super(method, uri);
  }

  /** Whether a connection stood, so that the other side may have got it, in part or in full. */
  boolean mayBeSent() {
    return sent;
  }

  private void sends() throws IOException {
    sent = true;
    if (isCancelled()) { // whoever cancelled it may have read before the line above that it was not
      throw new IOException("cancelled before it was sent");
    }
  }

  /** A client that asks the system for no proxy, and {@code resolver} for every address. */
  static CloseableHttpClient client(Resolver resolver, Patience patience) {
    return HttpClientBuilder.create()
        .setConnectionManager(connections(resolver, patience))
        .setDefaultRequestConfig(
            RequestConfig.custom()
                .setConnectionRequestTimeout(Timeout.of(patience.all()))
                .setResponseTimeout(Timeout.of(patience.nextByte()))
                .setProtocolUpgradeEnabled(false)
                .build())
        .addExecInterceptorBefore(ChainElement.MAIN_TRANSPORT.name(), "sends", Call::proceed)
        // A connection that was kept may be closed by now, which would leave open what was done.
        .setConnectionReuseStrategy((request, response, context) -> false)
        .disableAutomaticRetries()
        .disableRedirectHandling()
        .disableCookieManagement()
        .disableAuthCaching()
        .disableContentCompression()
        .setUserAgent("drawbridge")
        .build();
  }

  private static HttpClientConnectionManager connections(Resolver resolver, Patience patience) {
    Http1Config bounded =
        Http1Config.custom()
            .setMaxLineLength(LONGEST_HEADER)
            .setMaxHeaderCount(MOST_HEADERS)
            .build();
    return PoolingHttpClientConnectionManagerBuilder.create()
        .setDnsResolver(new Names(resolver))
        .setConnectionFactory(
            ManagedHttpClientConnectionFactory.builder().http1Config(bounded).build())
        .setDefaultConnectionConfig(
            ConnectionConfig.custom()
                .setConnectTimeout(Timeout.of(patience.connect()))
                .setSocketTimeout(Timeout.of(patience.nextByte()))
                .build())
        .setMaxConnPerRoute(MOST_CONNECTIONS)
        .setMaxConnTotal(MOST_CONNECTIONS)
        .build();
  }

  /** The connection stands; next the request goes out. */
  private static ClassicHttpResponse proceed(
      ClassicHttpRequest request, ExecChain.Scope scope, ExecChain chain)
      throws IOException, HttpException {
    if (scope.originalRequest instanceof Call call) {
      call.sends();
    }
    return chain.proceed(request, scope);
  }

  private record Names(Resolver resolver) implements DnsResolver {
    @Override
    public InetAddress[] resolve(String host) throws UnknownHostException {
      return resolver.resolve(host);
    }

    @Override
    public String resolveCanonicalHostname(String host) {
      return host;
    }
  }
}

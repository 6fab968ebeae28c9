package dev.drawbridge.local.arm;

import com.azure.core.credential.TokenRequestContext;
import com.azure.core.http.jdk.httpclient.JdkHttpClientProvider;
import com.azure.identity.ManagedIdentityCredentialBuilder;

/**
 * Gets a token with azure-identity's managed identity. A program of its own, because that library
 * finds the endpoint in environment variables only.
 */
final class ManagedIdentityProbe {
  private ManagedIdentityProbe() {}

  public static void main(String[] scopes) {
    System.out.println(
        new ManagedIdentityCredentialBuilder()
            .httpClient(new JdkHttpClientProvider().createInstance())
            .build()
            .getTokenSync(new TokenRequestContext().addScopes(scopes))
            .getToken());
    // The SDK's threads would keep this process for a minute.
    System.exit(0);
  }
}

package dev.drawbridge.azure;

import com.azure.core.http.HttpMethod;
import com.azure.core.http.HttpPipelineCallContext;
import com.azure.core.http.HttpRequest;
import com.azure.core.http.HttpResponse;
import com.azure.core.http.policy.HttpPipelineSyncPolicy;

/** Lets no call out that the budget has no room for, and heeds what answers ask for. */
final class BudgetPolicy extends HttpPipelineSyncPolicy {
  private final Budget budget;

  BudgetPolicy(Budget budget) {
    this.budget = budget;
  }

  @Override
  protected void beforeSendingRequest(HttpPipelineCallContext call) {
    HttpRequest request = call.getHttpRequest();
    budget.take(
        Lane.of(request.getUrl()),
        kind(request.getHttpMethod()),
        request.getHttpMethod() + " " + request.getUrl().getPath());
  }

  @Override
  protected HttpResponse afterReceivedResponse(
      HttpPipelineCallContext call, HttpResponse response) {
    int status = response.getStatusCode();
    if (status == 429 || status == 503) {
      AzureFaults.retryAfter(response)
          .ifPresent(asked -> budget.pause(Lane.of(call.getHttpRequest().getUrl()), asked));
    }
    return response;
  }

  private static Budget.Kind kind(HttpMethod method) {
    if (method == HttpMethod.GET || method == HttpMethod.HEAD) {
      return Budget.Kind.READ;
    }
    return method == HttpMethod.DELETE ? Budget.Kind.DELETE : Budget.Kind.WRITE;
  }
}

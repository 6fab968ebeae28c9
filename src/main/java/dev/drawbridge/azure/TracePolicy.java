package dev.drawbridge.azure;

import com.azure.core.http.HttpHeaderName;
import com.azure.core.http.HttpPipelineCallContext;
import com.azure.core.http.policy.HttpPipelineSyncPolicy;
import dev.drawbridge.access.CurrentTrace;

/**
 * Makes each call a part of the trace of the operation that it is made for. It is asked on the
 * thread that makes the call, also where the SDK waits for a call of its asynchronous kind, as long
 * as no policy before it goes to another one.
 */
final class TracePolicy extends HttpPipelineSyncPolicy {
  private static final HttpHeaderName TRACEPARENT = HttpHeaderName.TRACEPARENT;

  @Override
  protected void beforeSendingRequest(HttpPipelineCallContext call) {
    CurrentTrace.forCall().ifPresent(trace -> call.getHttpRequest().setHeader(TRACEPARENT, trace));
  }
}

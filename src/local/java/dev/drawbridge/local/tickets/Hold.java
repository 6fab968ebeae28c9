package dev.drawbridge.local.tickets;

import dev.drawbridge.local.http.Request;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;

/** One answer that is held back: the call has had its effect, and its caller waits. */
public final class Hold {
  private final Pattern method;
  private final Pattern path;
  private final Duration atMost;
  private final CountDownLatch called = new CountDownLatch(1);
  private final CountDownLatch released = new CountDownLatch(1);

  Hold(String method, String path, Duration atMost) {
    this.method = Pattern.compile(method);
    this.path = Pattern.compile(path);
    this.atMost = atMost;
  }

  /** Lets the answer go. */
  public void release() {
    released.countDown();
  }

  /** Waits for the call whose answer is held back; false if none came in time. */
  public boolean awaitCall(Duration patience) throws InterruptedException {
    return called.await(patience.toNanos(), TimeUnit.NANOSECONDS);
  }

  boolean matches(Request request) {
    return method.matcher(request.method()).matches()
        && path.matcher(request.uri().toString()).find();
  }

  /** Whether it was released; false if its time was over. */
  boolean holdBack() throws InterruptedException {
    called.countDown();
    return released.await(atMost.toNanos(), TimeUnit.NANOSECONDS);
  }
}

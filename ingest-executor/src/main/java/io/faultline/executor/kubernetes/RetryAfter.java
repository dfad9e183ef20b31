package io.faultline.executor.kubernetes;

import io.fabric8.kubernetes.client.http.AsyncBody;
import io.fabric8.kubernetes.client.http.HttpRequest;
import io.fabric8.kubernetes.client.http.HttpResponse;
import io.fabric8.kubernetes.client.http.Interceptor;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;

/**
 * Hears how long an API server wants to be left alone, which the client's exceptions do not say.
 *
 * @param backoff who is told
 */
record RetryAfter(Backoff backoff) implements Interceptor {

  private static final int BUSY = 429;
  private static final int AWAY = 503;

  @Override
  public void after(
      HttpRequest request,
      HttpResponse<?> response,
      AsyncBody.Consumer<List<ByteBuffer>> consumer) {
    if (response.code() == BUSY || response.code() == AWAY) {
      List<String> seconds = response.headers("Retry-After");
      if (!seconds.isEmpty() && seconds.get(0).matches("\\d{1,6}")) { // API servers give no dates
        backoff.asked(Duration.ofSeconds(Long.parseLong(seconds.get(0))));
      }
    }
  }
}

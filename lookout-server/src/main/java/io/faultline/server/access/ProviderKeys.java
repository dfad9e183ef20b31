package io.faultline.server.access;

import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSelector;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.source.JWKSource;
import com.nimbusds.jose.proc.SecurityContext;
import io.faultline.app.Worker;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The keys of an identity provider. They are read again every few minutes without anybody waiting
 * for it, and at once for a token whose key is not known, but not more often than every ten
 * seconds: anybody can send such tokens. While the provider is away the known keys go on.
 */
final class ProviderKeys implements JWKSource<SecurityContext>, AutoCloseable {

  static final Duration FRESH = Duration.ofMinutes(5);
  static final Duration BETWEEN = Duration.ofSeconds(10);

  private static final Logger LOG = LoggerFactory.getLogger(ProviderKeys.class);
  private static final Duration PATIENCE = Duration.ofSeconds(5);

  private final Source source;
  private final Clock clock;
  private final ExecutorService reader =
      Executors.newSingleThreadExecutor(Worker.threads("provider-keys"));

  private volatile @Nullable JWKSet known;
  private volatile Instant knownAt = Instant.MIN;
  private Instant nextRead = Instant.MIN;
  private CompletableFuture<Void> last = CompletableFuture.completedFuture(null);

  /** Where keys come from. */
  @FunctionalInterface
  interface Source {
    JWKSet keys() throws IOException, InterruptedException;
  }

  ProviderKeys(Source source, Clock clock) {
    this.source = source;
    this.clock = clock;
  }

  /**
   * The keys that fit a token.
   *
   * @throws ProviderAwayException where none fits and the provider could not be asked for others
   */
  @Override
  public List<JWK> get(JWKSelector selector, SecurityContext context) {
    List<JWK> fitting = known(selector);
    if (!fitting.isEmpty()) {
      if (clock.instant().isAfter(knownAt.plus(FRESH))) {
        CompletableFuture<Void> unused = read();
      }
      return fitting;
    }
    await(read());
    return known(selector);
  }

  private List<JWK> known(JWKSelector selector) {
    JWKSet keys = known;
    return keys == null ? List.of() : selector.select(keys);
  }

  /** The reading that is under way or was the last one, where it is too early for another. */
  private synchronized CompletableFuture<Void> read() {
    Instant now = clock.instant();
    if (last.isDone() && !now.isBefore(nextRead)) {
      nextRead = now.plus(BETWEEN);
      last = CompletableFuture.runAsync(this::readNow, reader);
    }
    return last;
  }

  private void readNow() {
    try {
      known = source.keys();
      knownAt = clock.instant();
    } catch (IOException e) {
      LOG.atWarn()
          .setMessage("keys of the identity provider can't be read")
          .addKeyValue("error", e.toString())
          .log();
      throw new CompletionException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CancellationException();
    }
  }

  private static void await(CompletableFuture<Void> reading) {
    try {
      reading.get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
    } catch (ExecutionException | TimeoutException | CancellationException e) {
      throw new ProviderAwayException("the identity provider is away");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new ProviderAwayException("interrupted");
    }
  }

  @Override
  public void close() {
    reader.shutdownNow();
  }
}

package io.faultline.app;

import io.faultline.schemas.SchemaRegistry;
import io.faultline.schemas.registry.SchemaRegistries;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.apache.avro.Schema;

/** A registry client that knows whether somebody has been waiting for it for long. */
public final class WatchedRegistry implements SchemaRegistry {

  private static final long LONG_NANOS = TimeUnit.SECONDS.toNanos(2);

  private final SchemaRegistry registry;
  private final Map<Object, Long> askedSince = new ConcurrentHashMap<>();

  /** Around a client, which it closes. */
  public WatchedRegistry(SchemaRegistry registry) {
    this.registry = registry;
  }

  /** A client with the service's settings; asks nothing yet. */
  public static WatchedRegistry open(CommonSettings settings) {
    return new WatchedRegistry(SchemaRegistries.open(settings.registry()));
  }

  /** Whether it answers all that it is asked within some seconds. */
  public boolean answers() {
    long now = System.nanoTime();
    return askedSince.values().stream().noneMatch(since -> now - since > LONG_NANOS);
  }

  @Override
  public int register(String subject, Schema schema) {
    return timed(() -> registry.register(subject, schema));
  }

  @Override
  public Schema byId(int id) {
    return timed(() -> registry.byId(id));
  }

  @Override
  public void setCompatibility(String subject, String level) {
    registry.setCompatibility(subject, level);
  }

  @Override
  public long failedAttempts() {
    return registry.failedAttempts();
  }

  @Override
  public void close() {
    registry.close();
  }

  private <T> T timed(Supplier<T> question) {
    Object asked = new Object();
    askedSince.put(asked, System.nanoTime());
    try {
      return question.get();
    } finally {
      askedSince.remove(asked);
    }
  }
}

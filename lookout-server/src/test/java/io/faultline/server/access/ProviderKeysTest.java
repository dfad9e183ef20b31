package io.faultline.server.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKMatcher;
import com.nimbusds.jose.jwk.JWKSelector;
import com.nimbusds.jose.jwk.JWKSet;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ProviderKeysTest {

  private static final JWK FIRST = Issuer.ec("first").toPublicJWK();
  private static final JWK SECOND = Issuer.ec("second").toPublicJWK();

  private volatile List<JWK> published = List.of(FIRST);
  private volatile boolean away;
  private final AtomicInteger readings = new AtomicInteger();
  private final Ticking clock = new Ticking();
  private final ProviderKeys keys =
      new ProviderKeys(
          () -> {
            readings.incrementAndGet();
            if (away) {
              throw new IOException("away");
            }
            return new JWKSet(published);
          },
          clock);

  @AfterEach
  void close() {
    keys.close();
  }

  private List<JWK> get(String id) {
    return keys.get(new JWKSelector(new JWKMatcher.Builder().keyID(id).build()), null);
  }

  @Test
  void a_new_key_is_found_when_the_last_reading_is_ten_seconds_ago() {
    assertThat(get("first")).hasSize(1);
    published = List.of(SECOND);
    assertThat(get("second")).isEmpty();
    clock.pass(ProviderKeys.BETWEEN);
    assertThat(get("second")).hasSize(1);
    assertThat(readings).hasValue(2);
  }

  @Test
  void a_key_that_is_withdrawn_ends_with_the_next_reading_for_which_nobody_waits() {
    assertThat(get("first")).hasSize(1);
    published = List.of(SECOND);
    clock.pass(ProviderKeys.FRESH.plusSeconds(1));
    assertThat(get("first")).hasSize(1);
    await().until(() -> get("first").isEmpty());
    assertThat(readings).hasValue(2);
  }

  @Test
  void known_keys_go_on_as_long_as_the_provider_is_away_and_unknown_ones_are_not_refused() {
    assertThat(get("first")).hasSize(1);
    away = true;
    for (int i = 0; i < 10; i++) {
      clock.pass(Duration.ofHours(1));
      assertThat(get("first")).hasSize(1);
      assertThatThrownBy(() -> get("second")).isInstanceOf(ProviderAwayException.class);
    }
    away = false;
    published = List.of(FIRST, SECOND);
    clock.pass(ProviderKeys.BETWEEN);
    assertThat(get("second")).hasSize(1);
  }

  private static final class Ticking extends Clock {
    private volatile Instant now = Instant.parse("2026-01-01T00:00:00Z");

    void pass(Duration time) {
      now = now.plus(time);
    }

    @Override
    public Instant instant() {
      return now;
    }

    @Override
    public ZoneId getZone() {
      return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
      return this;
    }
  }
}

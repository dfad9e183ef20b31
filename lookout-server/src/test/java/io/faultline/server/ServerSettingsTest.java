package io.faultline.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.faultline.app.SettingsException;
import io.faultline.app.SettingsReader;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ServerSettingsTest {

  private static ServerSettings read(Map<String, String> values) {
    return ServerSettings.read(SettingsReader.of(values));
  }

  @Test
  void without_settings_everything_is_on_loopback_and_nobody_has_a_token() {
    ServerSettings settings = read(Map.of());
    assertThat(settings.common().http().host()).isEqualTo("127.0.0.1");
    assertThat(settings.common().http().port()).isZero();
    assertThat(settings.postgres().url()).isEqualTo("jdbc:postgresql://127.0.0.1:5432/faultline");
    assertThat(settings.postgres().connections()).isEqualTo(24);
    assertThat(settings.bootstrapToken()).isEmpty();
    assertThat(settings.submissionsKept()).isEqualTo(Duration.ofDays(30));
    assertThat(settings.eventStreams()).isEqualTo(2_000);
  }

  @Test
  void every_setting_is_read() {
    ServerSettings settings =
        read(
            Map.of(
                "postgres.url", "jdbc:postgresql://db:1/x",
                "postgres.user", "u",
                "postgres.password", "p",
                "postgres.connections", "16",
                "server.bootstrapToken", "a-token-of-20-chars!",
                "submissions.kept", "7d",
                "events.streams", "2"));
    assertThat(settings.postgres())
        .isEqualTo(new ServerSettings.Postgres("jdbc:postgresql://db:1/x", "u", "p", 16));
    assertThat(settings.bootstrapToken()).isEqualTo("a-token-of-20-chars!");
    assertThat(settings.submissionsKept()).isEqualTo(Duration.ofDays(7));
    assertThat(settings.eventStreams()).isEqualTo(2);
  }

  @Test
  void secrets_are_not_shown() {
    assertThat(
            read(
                Map.of(
                    "postgres.url", "jdbc:postgresql://db:1/x?password=hidden",
                    "postgres.password", "hidden",
                    "server.bootstrapToken", "hidden-hidden-hidden")))
        .asString()
        .doesNotContain("hidden");
  }

  @ParameterizedTest
  @CsvSource({
    "postgres.url, mysql://x",
    "postgres.connections, 3",
    "server.bootstrapToken, short",
    "submissions.kept, 1s",
    "events.streams, 0",
    "server.unknown, 1",
  })
  void a_value_that_can_not_be_used_is_refused_by_its_key(String key, String value) {
    assertThatThrownBy(() -> read(Map.of(key, value)))
        .isInstanceOf(SettingsException.class)
        .hasMessageContaining(key);
  }
}

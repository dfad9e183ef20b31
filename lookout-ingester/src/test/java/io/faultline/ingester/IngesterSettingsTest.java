package io.faultline.ingester;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.faultline.app.SettingsException;
import io.faultline.app.SettingsReader;
import io.faultline.ingester.kafka.BatchLimits;
import io.faultline.ingester.sink.postgres.PostgresAddress;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

class IngesterSettingsTest {

  @Test
  void defaults() {
    IngesterSettings settings = read(Map.of());

    assertThat(settings.groupId()).isEqualTo("faultline-ingester");
    assertThat(settings.postgres())
        .isEqualTo(new PostgresAddress("jdbc:postgresql://127.0.0.1:5432/faultline", "", ""));
    assertThat(settings.batch()).isEqualTo(new BatchLimits(5_000, 16 << 20, Duration.ofMillis(10)));
  }

  @Test
  void everything_can_be_set() {
    IngesterSettings settings =
        read(
            Map.of(
                "group.id", "mine",
                "postgres.url", "jdbc:postgresql://db:5433/x",
                "postgres.user", "anna",
                "postgres.password", "s3cret",
                "batch.max.records", "100",
                "batch.max.bytes", "2048",
                "batch.linger", "0s",
                "kafka.bootstrap.servers", "k:1",
                "schema.registry.url", "http://r"));

    assertThat(settings.groupId()).isEqualTo("mine");
    assertThat(settings.postgres())
        .isEqualTo(new PostgresAddress("jdbc:postgresql://db:5433/x", "anna", "s3cret"));
    assertThat(settings.batch()).isEqualTo(new BatchLimits(100, 2_048, Duration.ZERO));
    assertThat(settings.common().kafka()).containsEntry("bootstrap.servers", "k:1");
    assertThat(settings.toString()).doesNotContain("s3cret");
  }

  @Test
  void a_password_in_the_address_is_not_shown_either() {
    assertThat(
            read(Map.of("postgres.url", "jdbc:postgresql://db/x?user=a&password=s3cret&ssl=true"))
                .toString())
        .contains("ssl=true")
        .doesNotContain("s3cret");
  }

  @Test
  void another_kind_of_database_is_refused_by_key_and_value() {
    assertThatThrownBy(() -> read(Map.of("postgres.url", "jdbc:mysql://db/x")))
        .isInstanceOf(SettingsException.class)
        .hasMessageContaining("postgres.url")
        .hasMessageContaining("jdbc:mysql://db/x")
        .hasMessageContaining("jdbc:postgresql://");
  }

  @Test
  void unknown_keys_are_refused_by_name() {
    assertThatThrownBy(() -> read(Map.of("batch.max.rows", "1")))
        .isInstanceOf(SettingsException.class)
        .hasMessageContaining("batch.max.rows")
        .hasMessageContaining("batch.max.records");
  }

  private static IngesterSettings read(Map<String, String> settings) {
    return IngesterSettings.read(SettingsReader.of(settings));
  }
}

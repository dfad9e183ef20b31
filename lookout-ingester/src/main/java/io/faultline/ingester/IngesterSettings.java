package io.faultline.ingester;

import io.faultline.app.CommonSettings;
import io.faultline.app.SettingsException;
import io.faultline.app.SettingsReader;
import io.faultline.ingester.kafka.BatchLimits;
import io.faultline.ingester.sink.postgres.PostgresAddress;
import java.time.Duration;

/**
 * What the ingester is told.
 *
 * @param common what every service is told
 * @param groupId the consumer group; instances of one group share the work
 * @param postgres where the rows go
 * @param batch when a batch is full
 */
public record IngesterSettings(
    CommonSettings common, String groupId, PostgresAddress postgres, BatchLimits batch) {

  static final String SERVICE = "lookout-ingester";

  /** Checks what can be checked without connecting. */
  public IngesterSettings {
    if (!postgres.url().startsWith("jdbc:postgresql:")) {
      throw new SettingsException(
          "setting postgres.url: '"
              + postgres
              + "' is not a JDBC address such as jdbc:postgresql://127.0.0.1:5432/faultline");
    }
  }

  /** Reads them, and refuses what is unknown. */
  public static IngesterSettings read(SettingsReader reader) {
    IngesterSettings settings =
        new IngesterSettings(
            CommonSettings.read(reader, SERVICE),
            reader.text("group.id", "faultline-ingester"),
            new PostgresAddress(
                reader.text("postgres.url", "jdbc:postgresql://127.0.0.1:5432/faultline"),
                reader.text("postgres.user", ""),
                reader.secret("postgres.password")),
            new BatchLimits(
                reader.integer("batch.max.records", 5_000, 1, 50_000),
                reader.whole("batch.max.bytes", 16L << 20, 1L << 10, 64L << 20),
                reader.duration(
                    "batch.linger", Duration.ofMillis(10), Duration.ZERO, Duration.ofSeconds(5))));
    reader.refuseUnknown();
    return settings;
  }
}

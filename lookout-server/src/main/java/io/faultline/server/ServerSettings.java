package io.faultline.server;

import io.faultline.app.CommonSettings;
import io.faultline.app.SettingsException;
import io.faultline.app.SettingsReader;
import io.faultline.server.access.AccessSettings;
import java.time.Duration;

/**
 * What the server is told.
 *
 * @param common what every service is told
 * @param postgres where PostgreSQL is
 * @param bootstrapToken a token of who may do everything; empty for none
 * @param access who the users are and what their groups may do
 * @param submissionsKept how long submissions, their idempotency keys and what only they tell of a
 *     job are kept
 * @param eventStreams how many streams of events are served at once
 */
public record ServerSettings(
    CommonSettings common,
    Postgres postgres,
    String bootstrapToken,
    AccessSettings access,
    Duration submissionsKept,
    int eventStreams) {

  static final String SERVICE = "lookout-server";

  private static final int SHORTEST_TOKEN = 16;

  /**
   * Where PostgreSQL is.
   *
   * @param url JDBC's
   * @param user who connects; empty where the address says it
   * @param password never shown
   * @param connections the most at once
   */
  public record Postgres(String url, String user, String password, int connections) {
    @Override
    public String toString() {
      return "Postgres[url=" + url.replaceAll("\\?.*", "") + ", connections=" + connections + "]";
    }
  }

  /** Checks what can be checked without connecting. */
  public ServerSettings {
    if (!postgres.url().startsWith("jdbc:postgresql:")) {
      throw new SettingsException(
          "setting postgres.url: not a JDBC address such as"
              + " jdbc:postgresql://127.0.0.1:5432/faultline");
    }
    if (!bootstrapToken.isEmpty() && bootstrapToken.length() < SHORTEST_TOKEN) {
      throw new SettingsException(
          "setting server.bootstrapToken: at least " + SHORTEST_TOKEN + " characters are needed");
    }
  }

  /** Reads them, and refuses what is unknown. */
  public static ServerSettings read(SettingsReader reader) {
    ServerSettings settings =
        new ServerSettings(
            CommonSettings.read(reader, SERVICE),
            new Postgres(
                reader.text("postgres.url", "jdbc:postgresql://127.0.0.1:5432/faultline"),
                reader.text("postgres.user", ""),
                reader.secret("postgres.password"),
                reader.integer("postgres.connections", 24, 16, 500)),
            reader.secret("server.bootstrapToken"),
            AccessSettings.read(reader),
            reader.duration(
                "submissions.kept", Duration.ofDays(30), Duration.ofHours(1), Duration.ofDays(365)),
            reader.integer("events.streams", 2_000, 1, 20_000));
    reader.refuseUnknown();
    return settings;
  }

  /** Without secrets. */
  @Override
  public String toString() {
    return "ServerSettings[common="
        + common
        + ", postgres="
        + postgres
        + ", access="
        + access
        + ", submissionsKept="
        + submissionsKept
        + ", eventStreams="
        + eventStreams
        + "]";
  }
}

package io.faultline.decider;

import io.faultline.app.CommonSettings;
import io.faultline.app.SettingsException;
import io.faultline.app.SettingsReader;
import io.faultline.app.StreamsSettings;
import io.faultline.domain.group.Settling;
import io.faultline.domain.retry.RetrySettings;
import io.faultline.domain.set.SetSettings;
import java.time.Duration;

/**
 * What the decider is told.
 *
 * @param common what every service is told
 * @param streams how its topology is run
 * @param retry the settings of retrying
 * @param sets the settings of sets
 * @param executorTimeout how long an executor may be silent before its runs are lost; longer than
 *     the time after which an executor that can't be heard ends its own runs
 */
public record DeciderSettings(
    CommonSettings common,
    StreamsSettings streams,
    RetrySettings retry,
    SetSettings sets,
    Duration executorTimeout) {

  /** The service's name. */
  public static final String SERVICE = "retry-decider";

  /** Reads them; unknown keys are the caller's to refuse. */
  public static DeciderSettings read(SettingsReader reader) {
    return new DeciderSettings(
        CommonSettings.read(reader, SERVICE),
        StreamsSettings.read(reader),
        retry(reader),
        sets(reader),
        reader.duration(
            "decider.executorTimeout",
            Duration.ofSeconds(60),
            Duration.ofSeconds(1),
            Duration.ofHours(24)));
  }

  private static SetSettings sets(SettingsReader reader) {
    SetSettings defaults = SetSettings.DEFAULTS;
    Duration day = Duration.ofDays(1);
    Duration window =
        reader.duration(
            "sets.settleWindow", defaults.settling().window(), Duration.ZERO, Duration.ofHours(1));
    Duration wait = reader.duration("sets.podBackoff", defaults.podBackoff(), Duration.ZERO, day);
    return new SetSettings(
        new Settling(
            window,
            reader.duration(
                "sets.settleLimit", longer(defaults.settling().limit(), window), window, day)),
        wait,
        reader.duration("sets.podBackoffMax", longer(defaults.podBackoffMax(), wait), wait, day));
  }

  private static Duration longer(Duration one, Duration other) {
    return one.compareTo(other) < 0 ? other : one;
  }

  private static RetrySettings retry(SettingsReader reader) {
    RetrySettings defaults = RetrySettings.DEFAULTS;
    try {
      return new RetrySettings(
          reader.bool("retryPolicy.enabled", defaults.enabled()),
          reader.integer(
              "retryPolicy.globalMaxRetries", defaults.globalMaxRetries(), 0, Integer.MAX_VALUE),
          reader.text("retryPolicy.defaultPolicyName", defaults.defaultPolicyName()),
          reader.integer("maxAttemptedRuns", defaults.maxAttemptedRuns(), 1, Integer.MAX_VALUE),
          reader.text("podNamePrefix", defaults.podNamePrefix()));
    } catch (IllegalArgumentException e) {
      throw new SettingsException("setting " + e.getMessage());
    }
  }
}

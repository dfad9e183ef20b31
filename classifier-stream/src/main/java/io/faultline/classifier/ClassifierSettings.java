package io.faultline.classifier;

import io.faultline.app.CommonSettings;
import io.faultline.app.SettingsReader;
import io.faultline.app.StreamsSettings;
import java.time.Duration;

/**
 * What the classifier is told.
 *
 * @param common what every service is told
 * @param streams how its topology is run
 * @param remember how long counted runs, and the counts of a job after its last failure, are kept;
 *     at least as long as job-errors are, for a repeat to be known as one
 */
public record ClassifierSettings(
    CommonSettings common, StreamsSettings streams, Duration remember) {

  /** The service's name. */
  public static final String SERVICE = "classifier-stream";

  /** Reads them; unknown keys are the caller's to refuse. */
  public static ClassifierSettings read(SettingsReader reader) {
    return new ClassifierSettings(
        CommonSettings.read(reader, SERVICE),
        StreamsSettings.read(reader),
        reader.duration(
            "classifier.remember", Duration.ofDays(30), Duration.ofHours(1), Duration.ofDays(400)));
  }
}

package io.faultline.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SettingsReaderTest {

  @Test
  void aKeyMayStandUnderApplication() {
    SettingsReader reader = SettingsReader.of(Map.of("application.maxAttemptedRuns", "7"));
    assertThat(reader.integer("maxAttemptedRuns", 5, 1, 100)).isEqualTo(7);
    reader.refuseUnknown();
  }

  @Test
  void aKeyGivenBothWaysIsRefused() {
    assertThatThrownBy(() -> SettingsReader.of(Map.of("application.a", "1", "a", "2")))
        .hasMessage("setting a: given twice, with and without 'application.' before it");
  }

  @Test
  void anUnknownKeyIsRefusedWithWhatIsAllowed() {
    SettingsReader reader = SettingsReader.of(Map.of("retyrPolicy.enabled", "true"));
    reader.bool("retryPolicy.enabled", false);
    reader.below("kafka.");
    assertThatThrownBy(reader::refuseUnknown)
        .hasMessage(
            "setting retyrPolicy.enabled: unknown (did you mean retryPolicy.enabled?); allowed are"
                + " retryPolicy.enabled and all below kafka.");
  }

  @Test
  void aNumberOutOfRangeIsRefusedWithTheRange() {
    SettingsReader reader = SettingsReader.of(Map.of("http.port", "70000"));
    assertThatThrownBy(() -> reader.integer("http.port", 0, 0, 65_535))
        .hasMessage("setting http.port: '70000' is not a whole number from 0 to 65535");
  }

  @Test
  void durationsHaveUnits() {
    SettingsReader reader = SettingsReader.of(Map.of("a", "20ms", "b", "2m", "c", "20"));
    Duration none = Duration.ZERO;
    Duration day = Duration.ofDays(1);
    assertThat(reader.duration("a", none, none, day)).isEqualTo(Duration.ofMillis(20));
    assertThat(reader.duration("b", none, none, day)).isEqualTo(Duration.ofMinutes(2));
    assertThatThrownBy(() -> reader.duration("c", none, none, day))
        .hasMessage("setting c: '20' is not a duration from 0s to 1d, such as 20ms or 5s");
  }

  @Test
  void secretsAreNotShown() {
    CommonSettings settings =
        CommonSettings.read(
            SettingsReader.of(
                Map.of("http.token", "s3cret", "kafka.sasl.jaas.config", "password=s3cret")),
            "x");
    assertThat(settings.toString()).doesNotContain("s3cret");
  }

  @Test
  void aFileMayBeNestedOrDotted(@TempDir Path folder) throws Exception {
    Path file = folder.resolve("settings.yaml");
    Files.writeString(file, "retryPolicy:\n  enabled: true\nhttp.port: 0\n");
    assertThat(AppMain.settings(new String[] {"--settings", file.toString(), "--set", "a=b=c"}))
        .containsExactlyInAnyOrderEntriesOf(
            Map.of("retryPolicy.enabled", "true", "http.port", "0", "a", "b=c"));
  }

  @Test
  void aListInASettingsFileIsItsWordsWithCommas(@TempDir Path folder) throws Exception {
    Path file = folder.resolve("settings.yaml");
    Files.writeString(file, "a:\n  b: [x, 2]\n  c: []\n");
    assertThat(AppMain.settings(new String[] {"--settings", file.toString()}))
        .containsExactlyInAnyOrderEntriesOf(Map.of("a.b", "x,2", "a.c", ""));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "a: {b: [[1]]} | a.b: only words are allowed in a list",
        "a: {b: [{c: 1}]} | a.b: only words are allowed in a list",
        "a: {b: [null]} | a.b: only words are allowed in a list",
        "a: {b: ['x,y']} | a.b: 'x,y' holds a comma, which is not allowed in a list",
        "[a, b] | keys and values are expected",
      })
  void aListThatIsNoListOfWordsIsRefused(String text, String problem, @TempDir Path folder)
      throws Exception {
    Path file = folder.resolve("settings.yaml");
    Files.writeString(file, text);
    assertThatThrownBy(() -> AppMain.settings(new String[] {"--settings", file.toString()}))
        .isInstanceOf(SettingsException.class)
        .hasMessage(file + ": " + problem);
  }

  @Test
  void whatIsShownHidesSecretsAndWhatMayBeOneByItsName() {
    SettingsReader reader =
        SettingsReader.of(
            Map.of(
                "http.token", "s3cret",
                "kafka.sasl.jaas.config", "s3cret",
                "kafka.bootstrap.servers", "here:1",
                "basic.auth.user.info", "me:s3cret"));
    reader.secret("http.token");
    reader.integer("http.port", 7, 0, 10);
    reader.below("kafka.");
    assertThat(reader.shown().toString())
        .doesNotContain("s3cret")
        .contains("kafka.bootstrap.servers=here:1", "http.port=7", "http.token=***");
  }
}

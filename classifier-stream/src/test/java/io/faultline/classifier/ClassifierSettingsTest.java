package io.faultline.classifier;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.faultline.app.SettingsException;
import io.faultline.app.SettingsReader;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ClassifierSettingsTest {

  @Test
  void theDefaultsRememberAsLongAsJobErrorsAreKept() {
    ClassifierSettings settings = ClassifierSettings.read(SettingsReader.of(Map.of()));

    assertThat(settings.remember()).isEqualTo(Duration.ofDays(30));
    assertThat(settings.streams().commitInterval()).isEqualTo(Duration.ofMillis(40));
  }

  @Test
  void whatIsToldIsTaken() {
    ClassifierSettings settings =
        ClassifierSettings.read(SettingsReader.of(Map.of("classifier.remember", "60d")));

    assertThat(settings.remember()).isEqualTo(Duration.ofDays(60));
  }

  @Test
  void aTimeThatWouldForgetAtOnceIsRefused() {
    assertThatThrownBy(
            () -> ClassifierSettings.read(SettingsReader.of(Map.of("classifier.remember", "1m"))))
        .isInstanceOf(SettingsException.class)
        .hasMessageContaining("classifier.remember");
  }
}

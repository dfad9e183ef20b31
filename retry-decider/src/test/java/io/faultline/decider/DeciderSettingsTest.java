package io.faultline.decider;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.faultline.app.SettingsException;
import io.faultline.app.SettingsReader;
import io.faultline.domain.retry.RetrySettings;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

class DeciderSettingsTest {

  private static DeciderSettings read(Map<String, String> given) {
    return DeciderSettings.read(SettingsReader.of(given));
  }

  @Test
  void theDefaultsAreThoseOfASystemWithoutPolicies() {
    DeciderSettings settings = read(Map.of());

    assertThat(settings.retry()).isEqualTo(RetrySettings.DEFAULTS);
    assertThat(settings.executorTimeout()).isEqualTo(Duration.ofSeconds(60));
  }

  @Test
  void everySettingIsRead() {
    DeciderSettings settings =
        read(
            Map.of(
                "retryPolicy.enabled", "true",
                "retryPolicy.globalMaxRetries", "7",
                "retryPolicy.defaultPolicyName", "standard",
                "maxAttemptedRuns", "3",
                "podNamePrefix", "batch",
                "decider.executorTimeout", "5s"));

    assertThat(settings.retry()).isEqualTo(new RetrySettings(true, 7, "standard", 3, "batch"));
    assertThat(settings.executorTimeout()).isEqualTo(Duration.ofSeconds(5));
  }

  @Test
  void theSettingsMayStandUnderApplication() {
    assertThat(read(Map.of("application.retryPolicy.globalMaxRetries", "7")).retry())
        .extracting(RetrySettings::globalMaxRetries)
        .isEqualTo(7);
  }

  @Test
  void aPrefixThatCanBeNoPodNameIsRefusedByItsKey() {
    assertThatThrownBy(() -> read(Map.of("podNamePrefix", "Not_A_Label")))
        .isInstanceOf(SettingsException.class)
        .hasMessageContaining("podNamePrefix")
        .hasMessageContaining("Not_A_Label");
  }
}

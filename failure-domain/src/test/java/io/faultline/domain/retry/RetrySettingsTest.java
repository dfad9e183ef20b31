package io.faultline.domain.retry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class RetrySettingsTest {

  @Test
  void aPodIsNamedAfterItsRunOnlyWithRetriesOn() {
    RetrySettings on = new RetrySettings(true, 20, "", 5, "armada");
    assertThat(on.podName("01h", 0)).isEqualTo("armada-01h-0-0");
    assertThat(on.podName("01h", 2)).isEqualTo("armada-01h-0-2");
    assertThat(RetrySettings.DEFAULTS.podName("01h", 2)).isEqualTo("armada-01h-0");
    assertThat(new RetrySettings(true, 20, "", 5, "x").podName("01h", 1)).isEqualTo("x-01h-0-1");
  }

  @Test
  void retriesAreOffUnlessSet() {
    assertThat(RetrySettings.DEFAULTS).isEqualTo(new RetrySettings(false, 20, "", 5, "armada"));
  }

  @Test
  void valuesOutOfRangeAreRefusedByName() {
    assertThatThrownBy(() -> new RetrySettings(true, -1, "", 5, "armada"))
        .hasMessage("retryPolicy.globalMaxRetries: -1 is not 0 or more");
    assertThatThrownBy(() -> new RetrySettings(true, 1, "", 0, "armada"))
        .hasMessage("maxAttemptedRuns: 0 is not 1 or more");
    assertThatThrownBy(() -> new RetrySettings(true, 1, "", 5, "Armada\n"))
        .hasMessageStartingWith("podNamePrefix: \"Armada\n\" is not a DNS label");
  }
}

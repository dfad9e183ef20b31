package io.faultline.cli.up;

import static org.assertj.core.api.Assertions.assertThat;

import io.faultline.cli.Ran;
import io.faultline.embedded.DataFolder;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What {@code up} refuses before it starts anything. */
class UpCommandTest {

  @Test
  void aPortInUseIsNamed() throws IOException {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      Ran ran = Ran.faultline("up", "--port", Integer.toString(taken.getLocalPort()));

      assertThat(ran.code()).isEqualTo(2);
      assertThat(ran.err())
          .contains("--port " + taken.getLocalPort() + ": in use by another process");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"0", "-1", "65536", "x"})
  void aPortThatIsNoneIsRefusedWithItsValue(String port) {
    Ran ran = Ran.faultline("up", "--port", port);

    assertThat(ran.code()).isEqualTo(2);
    assertThat(ran.err()).contains("--port").contains(port);
  }

  @Test
  void aDataFolderThatAnotherUpHoldsIsRefusedWithItsProcess(@TempDir Path folder) {
    try (DataFolder held = DataFolder.open(folder)) {
      Ran ran = Ran.faultline("up", "--data", folder.toString());

      assertThat(ran.code()).isEqualTo(3);
      assertThat(ran.err())
          .contains(held.path().toString())
          .contains("pid " + ProcessHandle.current().pid());
    }
  }

  @Test
  void aKubeconfigThatIsNotThereIsNamed(@TempDir Path folder) {
    Path missing = folder.resolve("none.yaml");
    Ran ran = Ran.faultline("up", "--kubeconfig", missing.toString());

    assertThat(ran.code()).isEqualTo(2);
    assertThat(ran.err()).contains("--kubeconfig " + missing + ": can't be read");
  }

  @Test
  void aContextNeedsAKubeconfig() {
    Ran ran = Ran.faultline("up", "--context", "staging");

    assertThat(ran.code()).isEqualTo(2);
    assertThat(ran.err()).contains("--context staging", "--kubeconfig");
  }

  @Test
  void onlySettingsOfTheExecutorOfRetriesAndOfSetsAreTaken() {
    Ran ran = Ran.faultline("up", "--set", "kafka.acks=0");

    assertThat(ran.code()).isEqualTo(2);
    assertThat(ran.err()).contains("--set kafka.acks", "'executor.' or 'retryPolicy.' or 'sets.'");
  }

  @ParameterizedTest
  @CsvSource({
    "executor.maxRun=3, executor.maxRuns",
    "retryPolicy.globalMaxRetry=3, retryPolicy.globalMaxRetries",
    "retryPolicy.globalMaxRetries=-1, from 0",
    "sets.settleWindow=2h, from 0s to 1h"
  })
  void aSettingThatIsNotThereOrNotAllowedIsRefusedBeforeAnythingStarts(String set, String says) {
    Ran ran = Ran.faultline("up", "--set", set);

    assertThat(ran.code()).isEqualTo(2);
    assertThat(ran.err()).contains(set.substring(0, set.indexOf('=')), says);
  }
}

package io.faultline.executor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.faultline.app.SettingsException;
import io.faultline.app.SettingsReader;
import io.faultline.executor.cluster.Room;
import io.faultline.executor.kubernetes.OthersSettings;
import io.faultline.executor.kubernetes.OthersSettings.Mapping;
import io.faultline.executor.kubernetes.PodWords;
import io.faultline.executor.local.LocalSettings.MemoryMode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Defaults, the full mapping, and what is refused. */
class ExecutorSettingsTest {

  private static ExecutorSettings read(String... given) {
    Map<String, String> values = new HashMap<>(Map.of("executor.local.enabled", "true"));
    for (int i = 0; i < given.length; i += 2) {
      values.put(given[i], given[i + 1]);
    }
    return ExecutorSettings.read(SettingsReader.of(values));
  }

  @Test
  void defaultsKeepTwoAttemptsApart() {
    ExecutorSettings settings = read("instance.id", "one", "state.dir", "/state");
    assertThat(settings.id()).isEqualTo("one");
    assertThat(settings.heartbeatInterval()).isEqualTo(Duration.ofSeconds(5));
    assertThat(settings.stopsAfter()).isEqualTo(Duration.ofSeconds(40));
    assertThat(settings.transactionTimeout()).isEqualTo(Duration.ofSeconds(10));
    assertThat(settings.stopRunsOnClose()).isFalse();
    assertThat(settings.longestTurn()).isEqualTo(Duration.ofHours(1));
    assertThat(settings.local().directory()).isEqualTo(Path.of("/state/local"));
    assertThat(settings.local().silence()).isEqualTo(settings.stopsAfter());
    assertThat(settings.local().leaseGrace()).isEqualTo(Duration.ofSeconds(10));
    assertThat(settings.local().memory()).isEqualTo(MemoryMode.AUTO);
    assertThat(settings.local().capacity().runs()).isEqualTo(20);
  }

  @Test
  void everySettingIsRead() {
    ExecutorSettings settings =
        read(
            "executor.id", "e",
            "executor.cluster", "c",
            "executor.heartbeatInterval", "1s",
            "executor.stopsAfter", "10s",
            "executor.transactionTimeout", "5s",
            "executor.stopRunsOnClose", "true",
            "executor.claims", "false",
            "executor.longestTurn", "0s",
            "executor.maxRuns", "3",
            "executor.cpu", "1500m",
            "executor.memory", "2Gi",
            "executor.terminationMessageBytes", "100",
            "executor.local.directory", "/x",
            "executor.local.node", "n",
            "executor.local.memory", "sampled",
            "executor.local.logBytes", "1Mi",
            "executor.local.keepFailed", "2m",
            "executor.local.keepFailedRuns", "7",
            "executor.local.stopWithoutExecutor", "false",
            "executor.local.leaseGrace", "3s");
    assertThat(settings.id()).isEqualTo("e");
    assertThat(settings.longestTurn()).isZero();
    assertThat(settings.local().cluster()).isEqualTo("c");
    assertThat(settings.local().node()).isEqualTo("n");
    assertThat(settings.local().capacity()).isEqualTo(new Room(3, 1500, 2L << 30));
    assertThat(settings.local().memory()).isEqualTo(MemoryMode.SAMPLED);
    assertThat(settings.local().logBytes()).isEqualTo(1 << 20);
    assertThat(settings.local().keepFailed()).isEqualTo(Duration.ofMinutes(2));
    assertThat(settings.local().keepFailedRuns()).isEqualTo(7);
    assertThat(settings.local().silence()).isZero();
    assertThat(settings.local().leaseGrace()).isEqualTo(Duration.ofSeconds(3));
    assertThat(settings.local().messages().maxBytes()).isEqualTo(100);
    assertThat(settings.stopRunsOnClose()).isTrue();
    assertThat(settings.claims()).isFalse();
    assertThat(settings.others().enabled()).isFalse();
  }

  private static ExecutorSettings watching(String... given) {
    List<String> all =
        new ArrayList<>(
            List.of("executor.local.enabled", "false", "executor.kubernetes.enabled", "true"));
    all.addAll(List.of(given));
    return read(all.toArray(String[]::new));
  }

  @Test
  void podsOfOthersAreToldByPresetsAndWhatIsSaidBesides() {
    OthersSettings others =
        watching(
                "executor.kubernetes.watch.pods", "armada, jobs, mapped",
                "executor.kubernetes.watch.jobId", "label:job",
                "executor.kubernetes.watch.namespaces", "a, b",
                "executor.kubernetes.watch.selector", "team=x",
                "executor.kubernetes.watch.queue", "text:batch",
                "executor.kubernetes.watch.endedWithin", "1d")
            .others();
    assertThat(others.namespaces()).containsExactly("a", "b");
    assertThat(others.selector()).isEqualTo("team=x");
    assertThat(others.endedWithin()).isEqualTo(Duration.ofDays(1));
    assertThat(others.mappings()).hasSize(3);
    assertThat(others.mappings())
        .extracting(Mapping::queue)
        .containsOnly(PodWords.parse("text:batch"));
    assertThat(others.mappings().get(2).jobId()).isEqualTo(PodWords.parse("label:job"));
    assertThat(others.mappings().get(0).jobId()).isEqualTo(Mapping.ARMADA.jobId());
    assertThat(others.mappings().get(1).jobSet()).isEqualTo(Mapping.JOBS.jobSet());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "pods  | airflow      | armada, jobs, mapped",
        "pods  | mapped       | label:KEY",
        "jobId | lable:x      | label:KEY",
        "queue | label:       | label:KEY",
        "queue | research     | text:WORDS",
      })
  void whatIsWrongAboutPodsOfOthersIsNamed(String key, String value, String allowed) {
    assertThatThrownBy(() -> watching("executor.kubernetes.watch." + key, value))
        .isInstanceOf(SettingsException.class)
        .hasMessageContaining("executor.kubernetes.watch.")
        .hasMessageContaining(allowed);
  }

  @Test
  void whereSetsOfOthersAreWatchedTheirPodsAreKnownByTheirJobsFirst() {
    OthersSettings others =
        watching(
                "executor.kubernetes.watch.sets", "true",
                "executor.kubernetes.watch.pods", "mapped, jobs",
                "executor.kubernetes.watch.jobId", "label:job",
                "executor.kubernetes.watch.queue", "label:team")
            .others();
    assertThat(others.sets()).isTrue();
    assertThat(others.mappings())
        .extracting(Mapping::jobId)
        .containsExactly(Mapping.JOBS.jobId(), PodWords.parse("label:job"));
    assertThat(others.mappings().get(0).queue()).isEqualTo(PodWords.parse("label:team"));
    assertThat(watching("executor.kubernetes.watch.sets", "true").others().enabled()).isTrue();
    assertThat(watching().others().sets()).isFalse();
  }

  @Test
  void setsOfOthersAreWatchedOnlyWherePodsAre() {
    assertThatThrownBy(() -> read("executor.kubernetes.watch.sets", "true"))
        .isInstanceOf(SettingsException.class)
        .hasMessageContaining("executor.kubernetes.watch.sets");
  }

  @Test
  void podsOfOthersAreWatchedOnlyWherePodsAre() {
    assertThatThrownBy(() -> read("executor.kubernetes.watch.pods", "jobs"))
        .isInstanceOf(SettingsException.class)
        .hasMessageContaining("executor.kubernetes.watch.pods");
  }

  @Test
  void podsAreAskedForInsteadOfProcesses() {
    ExecutorSettings settings =
        read(
            "executor.local.enabled", "false",
            "executor.kubernetes.enabled", "true",
            "executor.id", "e",
            "executor.kubernetes.namespaces", "a, b",
            "executor.kubernetes.startPatience", "1m",
            "executor.kubernetes.leaseGrace", "3s");
    assertThat(settings.onKubernetes()).isTrue();
    assertThat(settings.cluster()).isEqualTo("kubernetes");
    assertThat(settings.leaseGrace()).isEqualTo(Duration.ofSeconds(3));
    assertThat(settings.kubernetes().executor()).isEqualTo("e");
    assertThat(settings.kubernetes().namespaces()).containsExactly("a", "b");
    assertThat(settings.kubernetes().patience().start()).isEqualTo(Duration.ofMinutes(1));
    assertThat(settings.kubernetes().pressure().queriesPerSecond()).isEqualTo(50);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "executor.local.enabled  | false   | true",
        "executor.kubernetes.enabled | true | just one",
        "executor.kubernetes.retries | -1   | from 0",
        "executor.local.memory   | always  | auto, cgroup, sampled",
        "executor.memory         | lots    | a quantity",
        "executor.maxRuns        | 0       | from 1",
        "executor.stopsAfter     | 9s      | twice executor.heartbeatInterval",
        "executor.locale         | x       | unknown",
      })
  void whatIsWrongIsNamed(String key, String value, String allowed) {
    assertThatThrownBy(() -> read(key, value))
        .isInstanceOf(SettingsException.class)
        .hasMessageContaining(key)
        .hasMessageContaining(allowed);
  }

  @Test
  void everySettingIsInTheDocs() throws Exception {
    SettingsReader reader = SettingsReader.of(Map.of("executor.local.enabled", "true"));
    ExecutorSettings.read(reader);
    String docs = Files.readString(Path.of("../docs/executor-local.md"));
    for (SettingsReader.Setting setting : reader.asked()) {
      if (setting.key().startsWith("executor.")
          && !setting.key().startsWith("executor.kubernetes.")) {
        assertThat(docs).contains("| `" + setting.key() + "` |");
      }
    }
  }
}

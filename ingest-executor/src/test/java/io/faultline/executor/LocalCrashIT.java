package io.faultline.executor;

import static io.faultline.executor.cluster.PodOrders.shell;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.faultline.executor.local.Marked;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** Runs that are processes outlive the executor. */
class LocalCrashIT extends CrashContract {

  private Path marks() {
    return directory.resolve("started");
  }

  @Override
  Map<String, String> settings() {
    return Map.of();
  }

  @Override
  String pod(Duration lasts, int code) {
    return shell(
        "echo $FAULTLINE_RUN_ID >> "
            + marks()
            + "; sleep "
            + lasts.toMillis() / 1000.0
            + "; exit "
            + code);
  }

  @Override
  List<String> started() throws IOException {
    return Files.exists(marks()) ? Files.readAllLines(marks()) : List.of();
  }

  @Override
  void assertNothingIsLeft() {
    await().untilAsserted(() -> assertThat(Marked.below(directory)).isEmpty());
  }
}

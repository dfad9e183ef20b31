package io.faultline.executor.local;

import static org.awaitility.Awaitility.await;

import io.faultline.executor.cluster.Driver;
import io.faultline.executor.cluster.PodOrder;
import io.faultline.executor.cluster.PodOrders;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * Runs that are shell scripts, one at a time.
 *
 * @param marks where they leave their marks and find what they are told
 */
record ScriptDriver(Path marks) implements Driver {

  @Override
  public String waits(String containerFields) {
    Path told = marks.resolve("told");
    return PodOrders.shell(
        "env > "
            + marks.resolve("env")
            + "; "
            + mark("started")
            + "while [ ! -e "
            + told
            + " ]; do sleep 0.05; done; "
            + mark("ended")
            + "exit $(cat "
            + told
            + ")",
        containerFields,
        "");
  }

  @Override
  public String deaf(String podFields) {
    return PodOrders.shell(
        "trap '' TERM; " + mark("started") + "while :; do sleep 0.1; done", "", podFields);
  }

  private String mark(String line) {
    return "echo " + line + " >> " + marks.resolve("marks") + "; ";
  }

  private List<String> marked() {
    try {
      Path file = marks.resolve("marks");
      return Files.exists(file) ? Files.readAllLines(file) : List.of();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void end(PodOrder order, int exitCode) throws IOException {
    Path told = Files.writeString(marks.resolve("tell"), Integer.toString(exitCode));
    Files.move(told, marks.resolve("told"));
    await().until(() -> marked().contains("ended"));
  }

  @Override
  public String variable(PodOrder order, String name) throws IOException {
    await().until(() -> starts(order) > 0);
    return Files.readAllLines(marks.resolve("env")).stream()
        .filter(line -> line.startsWith(name + "="))
        .map(line -> line.substring(name.length() + 1))
        .findFirst()
        .orElse("");
  }

  @Override
  public int starts(PodOrder order) {
    return (int) marked().stream().filter("started"::equals).count();
  }
}

package io.faultline.benchmarks.pipeline;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Stream;

/**
 * How large what the decider keeps is, in bytes.
 *
 * @param disk its folder
 * @param changelogs what stands on the broker of it
 * @param latest what is left of that once it is compacted, by store
 */
record StateSize(long disk, long changelogs, Map<String, Long> latest) {

  private static final double MIB = 1 << 20;

  /**
   * As it is now, of a decider that was stopped: while it runs its stores hold in memory what they
   * wrote last.
   */
  static StateSize of(Path folder, Changelogs changelogs) throws IOException {
    changelogs.read();
    long disk = 0;
    try (Stream<Path> all = Files.walk(folder)) {
      for (Path file : all.filter(Files::isRegularFile).toList()) {
        disk += Files.size(file);
      }
    }
    return new StateSize(disk, changelogs.written(), changelogs.latest());
  }

  /** In MiB, with two decimals. */
  ObjectNode json() {
    ObjectNode json = new JsonMapper().createObjectNode();
    json.put("diskMib", mib(disk));
    json.put("changelogsMib", mib(changelogs));
    json.put("latestMib", mib(latest.values().stream().mapToLong(size -> size).sum()));
    ObjectNode stores = json.putObject("latestMibOf");
    latest.forEach((store, size) -> stores.put(store, mib(size)));
    return json;
  }

  private static double mib(long bytes) {
    return Math.round(bytes / MIB * 100) / 100.0;
  }
}

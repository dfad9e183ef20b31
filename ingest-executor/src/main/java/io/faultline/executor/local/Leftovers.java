package io.faultline.executor.local;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Kills what is left of a run, wherever it went: what is in its control groups, in the sessions of
 * its containers, and every process that carries the run's mark.
 */
final class Leftovers {

  private static final int ROUNDS = 50;

  private Leftovers() {}

  /**
   * Kills until nothing is found.
   *
   * @return false where something would not go (stuck in the kernel, or not ours to kill)
   */
  static boolean kill(RunFolder run, RunRecord record) {
    for (int round = 0; round < ROUNDS; round++) {
      Set<Long> found = find(run, record);
      if (found.isEmpty()) {
        return true;
      }
      found.forEach(Leftovers::kill);
      try {
        Thread.sleep(round < 5 ? 2 : 20);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return false;
      }
    }
    return false;
  }

  /** Kills one process at once; nothing where it is gone. */
  static void kill(long pid) {
    if (pid > 1 && pid != ProcessHandle.current().pid()) {
      ProcessHandle.of(pid).ifPresent(ProcessHandle::destroyForcibly);
    }
  }

  private static Set<Long> find(RunFolder run, RunRecord record) {
    Set<Long> found = new HashSet<>();
    Set<Long> sessions = new HashSet<>();
    for (int i = 0; i < record.containers().size(); i++) {
      String group = record.containers().get(i).cgroup();
      if (!group.isEmpty()) {
        found.addAll(members(Path.of(group)));
      }
      run.mainProcess(i).filter(ProcessTable.Stat::running).ifPresent(m -> sessions.add(m.pid()));
    }
    String mark = run.path().toString();
    for (ProcessTable.Stat process : ProcessTable.all()) {
      if (process.running()
          && (sessions.contains(process.session())
              || ProcessTable.hasVariable(process.pid(), RunFolder.MARK, mark))) {
        found.add(process.pid());
      }
    }
    return found;
  }

  private static List<Long> members(Path group) {
    try {
      return Files.readAllLines(group.resolve("cgroup.procs")).stream()
          .map(Long::parseLong)
          .toList();
    } catch (IOException | NumberFormatException e) {
      return List.of();
    }
  }
}

package io.faultline.executor.local;

import io.faultline.executor.local.RunRecord.KeptContainer;
import java.io.IOException;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Kills containers that use more memory than they may. Where a container has a control group the
 * kernel sees it, and what is left here is to kill the rest of the tree; else the resident memory
 * of its process tree is added up, and the files in {@code /dev/shm} that it holds open. Called by
 * one thread for all runs, at most 50 ms apart; how often the whole process table is read is
 * limited to a tenth of the time.
 */
final class MemoryWatch {

  private static final Logger log = LoggerFactory.getLogger(MemoryWatch.class);

  /** The processes of each container, by its folder, as of the last reading of the table. */
  private Map<String, Set<Long>> trees = Map.of();

  private long tableRead = Long.MIN_VALUE / 2;
  private long tableCost;

  /** One container that runs and has a limit. */
  record Watched(RunFolder run, int number, KeptContainer container) {
    String key() {
      return run.path() + "/" + number;
    }
  }

  void look(Collection<Watched> watched) {
    List<Watched> sampled = watched.stream().filter(w -> w.container().cgroup().isEmpty()).toList();
    if (!sampled.isEmpty()) {
      readTable(sampled);
    }
    long sharedFiles = sampled.isEmpty() ? 0 : ProcessTable.sharedFilesInUse();
    for (Watched one : watched) {
      if (!one.container().cgroup().isEmpty()) {
        if (ControlGroups.outOfMemory(one.container().cgroup())) {
          kill(one, "control group");
        }
      } else {
        Set<Long> tree = trees.getOrDefault(one.key(), Set.of());
        long limit = one.container().memoryLimit();
        long used = used(tree, limit);
        if (used <= limit && used + sharedFiles > limit) {
          used += ProcessTable.sharedFileBytes(tree);
        }
        if (used > limit) {
          kill(one, Long.toString(used));
        }
      }
    }
  }

  /** Resident memory counts what is shared once for each process, so only a guess says more. */
  private static long used(Set<Long> tree, long limit) {
    long resident = tree.stream().mapToLong(ProcessTable::residentBytes).sum();
    if (resident <= limit || tree.size() < 2) {
      return resident;
    }
    long proportional = tree.stream().mapToLong(ProcessTable::proportionalBytes).sum();
    return proportional > 0 ? proportional : resident;
  }

  private void readTable(List<Watched> sampled) {
    long now = System.nanoTime();
    boolean known = sampled.stream().allMatch(w -> trees.containsKey(w.key()));
    if (known && now - tableRead < 10 * tableCost) {
      return;
    }
    Map<Long, ProcessTable.Stat> table = new HashMap<>();
    ProcessTable.all().forEach(stat -> table.put(stat.pid(), stat));
    Map<String, Set<Long>> found = new HashMap<>();
    for (Watched one : sampled) {
      one.run()
          .mainProcess(one.number())
          .ifPresent(main -> found.put(one.key(), tree(main.pid(), table)));
    }
    trees = found;
    tableRead = System.nanoTime();
    tableCost = tableRead - now;
  }

  /** All in the session that the main process leads, and all that descend from it. */
  private static Set<Long> tree(long main, Map<Long, ProcessTable.Stat> table) {
    Set<Long> tree = new TreeSet<>(Set.of(main));
    for (ProcessTable.Stat process : table.values()) {
      ProcessTable.Stat at = process;
      for (int depth = 0; at != null && depth < 1000; depth++) {
        if (at.pid() == main || at.session() == main) {
          tree.add(process.pid());
          break;
        }
        at = table.get(at.parent());
      }
    }
    return tree;
  }

  private void kill(Watched one, String seen) {
    if (one.run().containerEnded(one.number())) {
      return;
    }
    if (one.run().line("c/" + one.number() + "/oom").isPresent()) {
      killTree(one);
      return;
    }
    log.atInfo()
        .setMessage("container over its memory limit is killed")
        .addKeyValue("run", one.run().path().getFileName())
        .addKeyValue("container", one.container().name())
        .addKeyValue("limit", one.container().memoryLimit())
        .addKeyValue("seen", seen)
        .log();
    try {
      one.run().write("c/" + one.number() + "/oom", seen);
    } catch (IOException e) {
      log.atWarn().setMessage("could not note out of memory").setCause(e).log();
    }
    killTree(one);
  }

  /** The main process first, so that it can't end in another way when its children go. */
  private void killTree(Watched one) {
    one.run()
        .mainProcess(one.number())
        .ifPresent(
            main -> {
              Leftovers.kill(main.pid());
              trees.getOrDefault(one.key(), Set.of()).forEach(Leftovers::kill);
            });
  }
}

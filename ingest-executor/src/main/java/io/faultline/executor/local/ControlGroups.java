package io.faultline.executor.local;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The kernel's own memory limits, version 1 or 2, where we may make groups: a folder below the one
 * that this process is in. Each container gets one, so that all it starts can be found there.
 */
final class ControlGroups {

  private static final Logger log = LoggerFactory.getLogger(ControlGroups.class);

  private final Path parent;
  private final boolean unified;

  private ControlGroups(Path parent, boolean unified) {
    this.parent = parent;
    this.unified = unified;
  }

  /** Groups that were seen to work here; empty where they may not be made. */
  static Optional<ControlGroups> detect(String name) {
    for (CgroupMount mount : CgroupMount.ofThisProcess()) {
      ControlGroups groups =
          new ControlGroups(mount.folder().resolve("faultline-" + name), mount.unified());
      try {
        if (mount.unified()) {
          Files.writeString(mount.folder().resolve("cgroup.subtree_control"), "+memory");
        }
        Files.createDirectories(groups.parent);
        if (mount.unified()) {
          Files.writeString(groups.parent.resolve("cgroup.subtree_control"), "+memory");
        }
        String trial = groups.create("trial", 64 << 20);
        delete(trial);
        log.atInfo()
            .setMessage("memory limits by control groups")
            .addKeyValue("folder", groups.parent)
            .log();
        return Optional.of(groups);
      } catch (IOException e) {
        groups.close();
      }
    }
    return Optional.empty();
  }

  /**
   * Makes a group.
   *
   * @param limit in bytes; 0 for none
   * @return its folder
   */
  String create(String name, long limit) throws IOException {
    Path group = parent.resolve(name);
    Files.createDirectories(group);
    if (limit > 0 && unified) {
      write(group, "memory.max", limit);
      writeIfThere(group, "memory.swap.max", 0);
      writeIfThere(group, "memory.oom.group", 1);
    } else if (limit > 0) {
      write(group, "memory.limit_in_bytes", limit);
      writeIfThere(group, "memory.memsw.limit_in_bytes", limit);
    } else if (!Files.exists(group.resolve("cgroup.procs"))) {
      throw new IOException(group + " is no control group");
    }
    return group.toString();
  }

  /**
   * Deletes a group of an ended run, and the folder of all groups where an executor that was killed
   * left it behind elsewhere.
   */
  void deleteWithParent(String group) {
    delete(group);
    Path other = Path.of(group).getParent();
    if (!other.equals(parent)) {
      delete(other.toString());
    }
  }

  /** Deletes a group that nothing is in any more; leaves it where something is. */
  static void delete(String group) {
    try {
      Files.deleteIfExists(Path.of(group));
    } catch (IOException e) {
      log.atDebug().setMessage("control group stays").addKeyValue("folder", group).log();
    }
  }

  /** Whether the kernel killed something in a group for its memory. */
  static boolean outOfMemory(String group) {
    for (String file : List.of("memory.events", "memory.oom_control")) {
      if (Files.exists(Path.of(group, file)) && killed(Path.of(group, file))) {
        return true;
      }
    }
    return false;
  }

  private static boolean killed(Path events) {
    try {
      return Files.readAllLines(events).stream()
          .anyMatch(line -> line.startsWith("oom_kill ") && !line.equals("oom_kill 0"));
    } catch (IOException e) {
      return false; // the group has gone
    }
  }

  /** Gives up the folder of all groups, where nothing is left in it. */
  void close() {
    delete(parent.toString());
  }

  private static void write(Path group, String file, long value) throws IOException {
    Files.writeString(group.resolve(file), Long.toString(value));
  }

  private static void writeIfThere(Path group, String file, long value) {
    try {
      if (Files.exists(group.resolve(file))) {
        write(group, file, value);
      }
    } catch (IOException e) {
      log.atDebug().setMessage("no limit").addKeyValue("file", group.resolve(file)).log();
    }
  }
}

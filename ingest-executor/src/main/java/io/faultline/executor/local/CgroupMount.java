package io.faultline.executor.local;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Where the memory controller of this process is mounted.
 *
 * @param folder this process's own group
 * @param unified version 2
 */
record CgroupMount(Path folder, boolean unified) {

  /** Version 1 first, since a machine with both has memory there; empty where there is none. */
  static List<CgroupMount> ofThisProcess() {
    List<CgroupMount> found = new ArrayList<>();
    try {
      List<String> mounts = Files.readAllLines(Path.of("/proc/self/mountinfo"));
      for (String membership : Files.readAllLines(Path.of("/proc/self/cgroup"))) {
        String[] parts = membership.split(":", 3);
        boolean unified = parts[0].equals("0") && parts[1].isEmpty();
        if (!unified && !Arrays.asList(parts[1].split(",")).contains("memory")) {
          continue;
        }
        for (String mount : mounts) {
          CgroupMount candidate = at(mount, parts[2], unified);
          if (candidate != null && !candidate.folder.toString().contains("/../")) {
            found.add(unified ? found.size() : 0, candidate);
          }
        }
      }
    } catch (IOException e) {
      return List.of();
    }
    return found;
  }

  /** From a line of mountinfo: id parent device root mountpoint options … - type source options. */
  private static CgroupMount at(String mount, String group, boolean unified) {
    String[] halves = mount.split(" - ", 2);
    String[] left = halves[0].split(" ");
    String[] right = halves.length == 2 ? halves[1].split(" ") : new String[0];
    if (left.length < 5 || right.length < 3) {
      return null;
    }
    boolean fits =
        unified
            ? right[0].equals("cgroup2")
            : right[0].equals("cgroup") && Arrays.asList(right[2].split(",")).contains("memory");
    if (!fits) {
      return null;
    }
    String root = left[3].equals("/") ? "" : left[3];
    String below = group.startsWith(root) ? group.substring(root.length()) : group;
    Path folder = Path.of(left[4] + "/" + below).normalize();
    boolean has =
        Files.isWritable(folder)
            && (!unified || Files.exists(folder.resolve("cgroup.subtree_control")));
    return has ? new CgroupMount(folder, unified) : null;
  }
}

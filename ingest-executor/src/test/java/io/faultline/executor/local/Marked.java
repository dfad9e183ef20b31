package io.faultline.executor.local;

import java.nio.file.Path;
import java.util.List;

/** The processes of runs below a directory. */
public final class Marked {

  private Marked() {}

  /** Those that run; zombies don't. */
  public static List<Long> below(Path directory) {
    return ProcessTable.all().stream()
        .filter(ProcessTable.Stat::running)
        .map(ProcessTable.Stat::pid)
        .filter(pid -> variable(pid).startsWith(directory.toString()))
        .toList();
  }

  private static String variable(long pid) {
    try {
      String environment =
          new String(
              java.nio.file.Files.readAllBytes(Path.of("/proc/" + pid + "/environ")),
              java.nio.charset.StandardCharsets.ISO_8859_1);
      for (String entry : environment.split("\0")) {
        if (entry.startsWith(RunFolder.MARK + "=")) {
          return entry.substring(RunFolder.MARK.length() + 1);
        }
      }
      return "";
    } catch (java.io.IOException e) {
      return "";
    }
  }
}

package io.faultline.executor.local;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What /proc says of the machine's processes; nothing where there is no /proc. */
final class ProcessTable {

  private static final Path PROC = Path.of("/proc");

  /**
   * One process.
   *
   * @param state one letter; Z is a zombie
   * @param started in clock ticks since the machine's start
   */
  record Stat(long pid, char state, long parent, long session, long started) {
    boolean running() {
      return state != 'Z' && state != 'X';
    }
  }

  private ProcessTable() {}

  /** All processes, zombies too. */
  static List<Stat> all() {
    List<Stat> all = new ArrayList<>();
    try (DirectoryStream<Path> entries = Files.newDirectoryStream(PROC, "[1-9]*")) {
      for (Path entry : entries) {
        String name = entry.getFileName().toString();
        if (name.chars().allMatch(c -> c >= '0' && c <= '9')) {
          stat(Long.parseLong(name)).ifPresent(all::add);
        }
      }
    } catch (IOException e) {
      return List.of();
    }
    return all;
  }

  /** One process; empty where it is gone. */
  static Optional<Stat> stat(long pid) {
    try {
      String line = read(pid, "stat");
      // the name is in parentheses, and may hold anything
      String[] words = line.substring(line.lastIndexOf(')') + 2).split(" ");
      return Optional.of(
          new Stat(
              pid,
              words[0].charAt(0),
              Long.parseLong(words[1]),
              Long.parseLong(words[3]),
              Long.parseLong(words[19])));
    } catch (IOException | RuntimeException e) {
      return Optional.empty(); // gone while it was read
    }
  }

  /** Whether the process was started with this variable; false where that can't be read. */
  static boolean hasVariable(long pid, String name, String value) {
    try {
      String environment = '\0' + read(pid, "environ");
      return environment.contains('\0' + name + '=' + value + '\0');
    } catch (IOException e) {
      return false;
    }
  }

  /** Resident memory in bytes; 0 where it is gone. */
  static long residentBytes(long pid) {
    return kilobytes(pid, "status", "VmRSS:") * 1024;
  }

  /** Resident memory, what is shared divided among those that share it; 0 where unknown. */
  static long proportionalBytes(long pid) {
    return kilobytes(pid, "smaps_rollup", "Pss:") * 1024;
  }

  private static long kilobytes(long pid, String file, String field) {
    try {
      String text = read(pid, file);
      int at = text.indexOf("\n" + field);
      if (at < 0) {
        return 0;
      }
      int end = text.indexOf("kB", at);
      return Long.parseLong(text.substring(at + 1 + field.length(), end).strip());
    } catch (IOException | RuntimeException e) {
      return 0;
    }
  }

  private static String read(long pid, String file) throws IOException {
    byte[] bytes = Files.readAllBytes(PROC.resolve(Long.toString(pid)).resolve(file));
    return new String(bytes, StandardCharsets.ISO_8859_1);
  }
}

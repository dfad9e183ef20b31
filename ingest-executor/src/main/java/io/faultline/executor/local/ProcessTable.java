package io.faultline.executor.local;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What /proc says of the machine's processes; nothing where there is no /proc. */
final class ProcessTable {

  private static final Path PROC = Path.of("/proc");
  private static final Path SHARED_FILES = Path.of("/dev/shm");

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

  /**
   * Bytes of the files in {@code /dev/shm} that these processes hold open, each once, beyond what
   * is mapped and so resident: such a file is memory, too.
   */
  static long sharedFileBytes(Collection<Long> pids) {
    Map<Object, Long> sizes = new HashMap<>();
    long mapped = 0;
    for (long pid : pids) {
      mapped += kilobytes(pid, "status", "RssShmem:") * 1024;
      try (DirectoryStream<Path> open = Files.newDirectoryStream(folder(pid).resolve("fd"))) {
        for (Path descriptor : open) {
          addSharedFile(descriptor, sizes);
        }
      } catch (IOException | DirectoryIteratorException e) {
        // gone while it was read, or another user's
      }
    }
    long all = sizes.values().stream().mapToLong(Long::longValue).sum();
    return Math.max(0, all - mapped);
  }

  private static void addSharedFile(Path descriptor, Map<Object, Long> sizes) {
    try {
      if (Files.readSymbolicLink(descriptor).startsWith(SHARED_FILES)) {
        BasicFileAttributes file = Files.readAttributes(descriptor, BasicFileAttributes.class);
        if (file.isRegularFile()) {
          sizes.put(file.fileKey(), file.size());
        }
      }
    } catch (IOException e) {
      // closed while it was looked at
    }
  }

  /** Bytes that all files in {@code /dev/shm} take; 0 where there is none. */
  static long sharedFilesInUse() {
    try {
      FileStore store = Files.getFileStore(SHARED_FILES);
      return store.getTotalSpace() - store.getUnallocatedSpace();
    } catch (IOException e) {
      return 0;
    }
  }

  private static Path folder(long pid) {
    return PROC.resolve(Long.toString(pid));
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
    byte[] bytes = Files.readAllBytes(folder(pid).resolve(file));
    return new String(bytes, StandardCharsets.ISO_8859_1);
  }
}

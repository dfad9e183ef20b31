package io.faultline.embedded;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** Making and removing folders. */
final class Folders {

  private Folders() {}

  static Path create(Path folder) {
    try {
      return Files.createDirectories(folder).toRealPath();
    } catch (IOException e) {
      throw new UncheckedIOException("cannot make the folder " + folder + ": " + e.getMessage(), e);
    }
  }

  static Path temporary(String name) {
    try {
      return Files.createTempDirectory("faultline-" + name + "-").toRealPath();
    } catch (IOException e) {
      throw new UncheckedIOException("cannot make a temporary folder: " + e.getMessage(), e);
    }
  }

  /** Removes the folder and all in it; what vanishes meanwhile is not missed. */
  static void delete(Path folder) {
    if (!Files.exists(folder)) {
      return;
    }
    try {
      List<Path> found;
      try (Stream<Path> all = Files.walk(folder)) {
        found = all.sorted(Comparator.reverseOrder()).toList();
      }
      for (Path path : found) {
        Files.deleteIfExists(path);
      }
    } catch (NoSuchFileException vanished) {
      delete(folder);
    } catch (UncheckedIOException e) {
      if (e.getCause() instanceof NoSuchFileException) {
        delete(folder);
      } else {
        throw e;
      }
    } catch (IOException e) {
      throw new UncheckedIOException(
          "cannot remove the folder " + folder + ": " + e.getMessage(), e);
    }
  }

  /** The last lines of a log file, for an error message; empty where there is none. */
  static String tail(Path log, int lines) {
    try {
      List<String> all = Files.readAllLines(log);
      return String.join("\n", all.subList(Math.max(0, all.size() - lines), all.size()));
    } catch (IOException e) {
      return "";
    }
  }
}

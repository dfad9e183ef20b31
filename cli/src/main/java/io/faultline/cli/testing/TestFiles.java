package io.faultline.cli.testing;

import io.faultline.cli.CliException;
import io.faultline.cli.ExitCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** The test files that arguments name; a folder stands for all YAML files below it. */
final class TestFiles {

  private TestFiles() {}

  /**
   * All of them, those of a folder by name.
   *
   * @throws CliException where a folder can't be read, or has none
   */
  static List<String> of(List<String> arguments) {
    List<String> files = new ArrayList<>();
    for (String argument : arguments) {
      if (argument.equals("-") || !isFolder(argument)) {
        files.add(argument);
      } else {
        files.addAll(below(argument));
      }
    }
    return files;
  }

  private static boolean isFolder(String path) {
    try {
      return Files.isDirectory(Path.of(path));
    } catch (InvalidPathException e) {
      return false; // said when it is read
    }
  }

  private static List<String> below(String folder) {
    try (Stream<Path> paths = Files.walk(Path.of(folder))) {
      List<String> files =
          paths
              .filter(path -> path.toString().matches(".*\\.ya?ml") && Files.isRegularFile(path))
              .map(Path::toString)
              .sorted()
              .toList();
      if (files.isEmpty()) {
        throw new CliException(ExitCode.BAD_INPUT, folder + ": there is no .yaml file in it");
      }
      return files;
    } catch (IOException e) {
      throw new CliException(ExitCode.BAD_INPUT, folder + ": " + e.getMessage());
    }
  }

  /** The file's name without folders and ending. */
  static String base(String path) {
    String name = path.equals("-") ? "test" : String.valueOf(Path.of(path).getFileName());
    return name.replaceFirst("\\.[^.]*$", "");
  }
}

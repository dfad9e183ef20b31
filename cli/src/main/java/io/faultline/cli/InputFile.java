package io.faultline.cli;

import io.faultline.rules.yaml.YamlFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/** A file that a command reads, whole; {@code -} is standard input. */
public final class InputFile {
  private final String name;
  private final byte[] bytes;

  private InputFile(String name, byte[] bytes) {
    this.name = name;
    this.bytes = bytes;
  }

  /**
   * Reads it whole.
   *
   * @throws CliException where it can't be read
   */
  public static InputFile read(Console console, String path) {
    try {
      if (path.equals("-")) {
        return new InputFile("(standard input)", console.in().readAllBytes());
      }
      Path file = Path.of(path);
      if (Files.isDirectory(file)) {
        throw new CliException(ExitCode.BAD_INPUT, path + ": a file is expected, not a folder");
      }
      return new InputFile(path, Files.readAllBytes(file));
    } catch (NoSuchFileException e) {
      throw new CliException(ExitCode.BAD_INPUT, path + ": no such file");
    } catch (AccessDeniedException e) {
      throw new CliException(ExitCode.BAD_INPUT, path + ": may not be read");
    } catch (IOException | InvalidPathException e) {
      throw new CliException(ExitCode.BAD_INPUT, path + ": " + e.getMessage());
    }
  }

  /** As messages show it. */
  public String name() {
    return name;
  }

  /** Its documents. */
  public YamlFile yaml() {
    return YamlFile.read(name, bytes);
  }

  /** Its text. */
  public String text() {
    return new String(bytes, StandardCharsets.UTF_8);
  }
}

package io.faultline.cli.testing;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.faultline.cli.CliException;
import io.faultline.cli.ExitCode;
import java.io.IOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;

/** Keeps a stream of events in a file, in the form that {@code --recorded} reads. */
final class StreamRecorder implements AutoCloseable {

  private final Path file;
  private final Writer writer;

  /** Begins the file with the test's jobs. */
  StreamRecorder(Path file, List<String> jobs) {
    this.file = file;
    try {
      if (file.toAbsolutePath().getParent() != null) {
        Files.createDirectories(file.toAbsolutePath().getParent());
      }
      writer = Files.newBufferedWriter(file);
    } catch (IOException | InvalidPathException e) {
      throw refused(e);
    }
    ObjectNode first = JsonNodeFactory.instance.objectNode();
    jobs.forEach(first.putArray("jobs")::add);
    line(first);
  }

  /** Adds an event as it came. */
  void event(JsonNode event) {
    line(event);
  }

  private void line(JsonNode json) {
    try {
      writer.write(json.toString());
      writer.write('\n');
    } catch (IOException e) {
      throw refused(e);
    }
  }

  @Override
  public void close() {
    try {
      writer.close();
    } catch (IOException e) {
      throw refused(e);
    }
  }

  private CliException refused(Exception e) {
    return new CliException(ExitCode.BAD_INPUT, "--record " + file + ": " + e.getMessage());
  }
}

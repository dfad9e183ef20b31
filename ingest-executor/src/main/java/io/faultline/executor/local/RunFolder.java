package io.faultline.executor.local;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;

/**
 * The folder of one run, the only place where anything of it is known. Files of one line are whole
 * when they end with a newline; {@code supervisor} and {@code stop} are hard links, so that the
 * first who makes them wins.
 *
 * @param path the folder
 */
record RunFolder(Path path) {

  /** Every process of the run carries the folder's path in this variable. */
  static final String MARK = "FAULTLINE_RUN_FOLDER";

  Path container(int number) {
    return path.resolve("c").resolve(Integer.toString(number));
  }

  /** The supervisor that won; empty until one runs. */
  Optional<ProcessIdentity> supervisor() {
    return line("supervisor").flatMap(ProcessIdentity::parse);
  }

  /** Takes the supervisor's place for ever, so that none can begin; false where one has it. */
  boolean forbidSupervisor() throws IOException {
    return claim("supervisor", ProcessIdentity.NOBODY.line());
  }

  /** Asks for the end; the first cause stands. */
  void askStop(String cause, long graceSeconds) throws IOException {
    claim("stop", cause + " " + graceSeconds);
  }

  /** Notes why it is preempted, once: it is asked for again and again. */
  void writeWhy(String why) throws IOException {
    if (!Files.exists(path.resolve("why"))) {
      write("why", why);
    }
  }

  /** Why it was preempted; empty where nobody said. */
  String why() {
    try {
      return Files.readString(path.resolve("why")).strip();
    } catch (IOException e) {
      return "";
    }
  }

  boolean running() {
    return line("running").isPresent();
  }

  /** Why it ended; empty until it has. */
  Optional<String> end() {
    return line("end");
  }

  void writeEnd(String cause) throws IOException {
    write("end", cause);
  }

  boolean reported() {
    return Files.exists(path.resolve("reported"));
  }

  void writeReported() throws IOException {
    write("reported", "-");
  }

  /** A container's main process, where it still is the one that was started. */
  Optional<ProcessTable.Stat> mainProcess(int number) {
    return line("c/" + number + "/pid")
        .map(line -> line.split(" "))
        .filter(words -> words.length == 2 && words[0].matches("[0-9]{1,18}"))
        .flatMap(
            words ->
                ProcessTable.stat(Long.parseLong(words[0]))
                    .filter(s -> Long.toString(s.started()).equals(words[1])));
  }

  boolean containerEnded(int number) {
    return line("c/" + number + "/exit").isPresent();
  }

  /** When a file was last written; now where it is not there. */
  Instant at(String file) {
    try {
      return Files.getLastModifiedTime(path.resolve(file)).toInstant();
    } catch (IOException e) {
      return Instant.now();
    }
  }

  /** The one line of a file; empty where it is not there, or not whole yet. */
  Optional<String> line(String file) {
    try {
      Path source = path.resolve(file);
      if (!Files.isRegularFile(source, LinkOption.NOFOLLOW_LINKS)) {
        return Optional.empty();
      }
      String text = Files.readString(source, StandardCharsets.ISO_8859_1);
      return text.endsWith("\n") ? Optional.of(text.strip()) : Optional.empty();
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  void write(String file, String line) throws IOException {
    Files.writeString(path.resolve(file), line + "\n");
  }

  private boolean claim(String file, String line) throws IOException {
    Path own = path.resolve(file + ".executor");
    Files.writeString(own, line + "\n");
    try {
      Files.createLink(path.resolve(file), own);
      return true;
    } catch (FileAlreadyExistsException e) {
      return false;
    } finally {
      Files.deleteIfExists(own);
    }
  }
}

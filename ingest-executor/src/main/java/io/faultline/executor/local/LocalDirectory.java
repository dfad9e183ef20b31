package io.faultline.executor.local;

import io.faultline.executor.cluster.PodOrder;
import io.faultline.executor.cluster.Room;
import io.faultline.executor.local.LocalSettings.MemoryMode;
import io.faultline.executor.local.RunRecord.KeptContainer;
import io.faultline.executor.pod.ContainerSpec;
import io.faultline.executor.pod.PodSpec;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The directory of all runs: {@code runs/RUN}, a lock that one executor holds while it lives, and
 * the executor's sign of life, which every supervisor looks at.
 */
final class LocalDirectory implements AutoCloseable {

  private static final Logger log = LoggerFactory.getLogger(LocalDirectory.class);
  private static final String DRAFT = ".draft-";

  private final Path runs;
  private final FileChannel lockFile;
  private final FileChannel heartbeat;
  private final Launcher launcher;
  private final RunPreparation preparation;
  private final Optional<ControlGroups> groups;

  private LocalDirectory(
      Path runs,
      FileChannel lockFile,
      FileChannel heartbeat,
      Launcher launcher,
      RunPreparation preparation,
      Optional<ControlGroups> groups) {
    this.runs = runs;
    this.lockFile = lockFile;
    this.heartbeat = heartbeat;
    this.launcher = launcher;
    this.preparation = preparation;
    this.groups = groups;
  }

  static LocalDirectory take(LocalSettings settings) throws IOException {
    Path directory = settings.directory();
    Path runs = directory.resolve("runs");
    Files.createDirectories(directory);
    FileChannel lockFile =
        FileChannel.open(
            directory.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    try {
      if (!lock(lockFile)) {
        throw new IOException(
            "executor.local.directory: " + directory + " is in use by another executor");
      }
      if (!Files.isDirectory(runs)) {
        RunPreparation.createPrivate(runs);
      }
      Path beat = directory.resolve("heartbeat");
      FileChannel heartbeat =
          FileChannel.open(beat, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
      Launcher launcher = Launcher.detect();
      Optional<ControlGroups> groups =
          settings.memory() == MemoryMode.SAMPLED
              ? Optional.empty()
              : ControlGroups.detect(hash(directory.toString()).substring(0, 12));
      if (groups.isEmpty() && settings.memory() == MemoryMode.CGROUP) {
        throw new IOException(
            "executor.local.memory: cgroup, but no control group can be made here; allowed: auto,"
                + " sampled");
      }
      return new LocalDirectory(
          runs,
          lockFile,
          heartbeat,
          launcher,
          new RunPreparation(settings, launcher, beat),
          groups);
    } catch (IOException e) {
      lockFile.close();
      throw e;
    }
  }

  private static boolean lock(FileChannel file) throws IOException {
    try {
      FileLock lock = file.tryLock();
      return lock != null;
    } catch (OverlappingFileLockException e) {
      return false;
    }
  }

  Launcher launcher() {
    return launcher;
  }

  /** The runs that have a folder; what was not finished writing goes. */
  List<TrackedRun> find() throws IOException {
    List<TrackedRun> found = new ArrayList<>();
    try (DirectoryStream<Path> folders = Files.newDirectoryStream(runs)) {
      for (Path folder : folders) {
        String name = folder.getFileName().toString();
        if (name.startsWith(DRAFT)) {
          deleteTree(folder);
          continue;
        }
        RunFolder run = new RunFolder(folder);
        found.add(new TrackedRun(run, record(run, name)));
      }
    }
    return found;
  }

  private static RunRecord record(RunFolder run, String name) {
    try {
      return RunPreparation.read(run);
    } catch (IOException e) {
      log.atError()
          .setMessage("run folder can't be read")
          .addKeyValue("folder", run.path())
          .setCause(e)
          .log();
      return new RunRecord(name, "", "", 0, new Room(1, 0, 0), List.of());
    }
  }

  /** Makes a run's folder: whole under its name, or not at all, also when the machine goes down. */
  TrackedRun prepare(PodOrder order, PodSpec pod) throws IOException {
    String name = folderName(order.runId());
    RunFolder home = new RunFolder(runs.resolve(name));
    Path draft = runs.resolve(DRAFT + name);
    List<String> made = new ArrayList<>();
    try {
      deleteTree(draft);
      RunPreparation.createPrivate(draft);
      for (ContainerSpec container : containers(pod)) {
        made.add(group(name + "-" + made.size(), container.memoryLimitBytes()));
      }
      RunRecord run = preparation.write(draft, home, order, pod, made);
      sync(draft.resolve(RunRecord.FILE), StandardOpenOption.WRITE);
      Files.move(draft, home.path(), StandardCopyOption.ATOMIC_MOVE);
      sync(runs, StandardOpenOption.READ);
      return new TrackedRun(home, run);
    } catch (IOException | RuntimeException e) {
      deleteTree(draft);
      made.stream().filter(m -> !m.isEmpty()).forEach(ControlGroups::delete);
      throw e;
    }
  }

  private static List<ContainerSpec> containers(PodSpec pod) {
    List<ContainerSpec> all = new ArrayList<>(pod.containers());
    all.addAll(pod.initContainers());
    return all;
  }

  private String group(String name, long limit) throws IOException {
    return groups.isPresent() ? groups.get().create(name, limit) : "";
  }

  /** Deletes a run's folder; false where something of it stays. */
  boolean delete(TrackedRun run) {
    for (KeptContainer container : run.run().containers()) {
      if (!container.cgroup().isEmpty()) {
        groups.ifPresent(g -> g.deleteWithParent(container.cgroup()));
      }
    }
    try {
      deleteTree(run.folder().path());
      return true;
    } catch (IOException e) {
      log.atWarn()
          .setMessage("run folder can't be deleted")
          .addKeyValue("folder", run.folder().path())
          .addKeyValue("problem", e.toString())
          .log();
      return false;
    }
  }

  /** Says that the executor lives: in place, so that a full disk can't silence it. */
  void beat() {
    String sign = String.format("%020d%n", System.nanoTime());
    try {
      heartbeat.write(ByteBuffer.wrap(sign.getBytes(StandardCharsets.US_ASCII)), 0);
    } catch (IOException e) {
      log.atWarn().setMessage("sign of life not written").setCause(e).log();
    }
  }

  private static void sync(Path path, StandardOpenOption how) throws IOException {
    try (FileChannel channel = FileChannel.open(path, how)) {
      channel.force(true);
    }
  }

  /** A run id is nearly always a UUID; any other text gets a name of its own all the same. */
  static String folderName(String runId) {
    return runId.matches("[A-Za-z0-9][A-Za-z0-9._-]{0,99}") ? runId : "id-" + hash(runId);
  }

  private static String hash(String text) {
    try {
      MessageDigest sha = MessageDigest.getInstance("SHA-256");
      return HexFormat.of().formatHex(sha.digest(text.getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  private static void deleteTree(Path root) throws IOException {
    if (!Files.exists(root)) {
      return;
    }
    Files.walkFileTree(
        root,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
              throws IOException {
            Files.deleteIfExists(file);
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult postVisitDirectory(Path folder, IOException problem)
              throws IOException {
            Files.deleteIfExists(folder);
            return FileVisitResult.CONTINUE;
          }
        });
  }

  @Override
  public void close() {
    groups.ifPresent(ControlGroups::close);
    try {
      heartbeat.close();
      lockFile.close();
    } catch (IOException e) {
      log.atWarn().setMessage("directory not released").setCause(e).log();
    }
  }
}

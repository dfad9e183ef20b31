package io.faultline.embedded;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HashSet;
import java.util.Set;

/**
 * The folder with all that one installation keeps, held by one process at a time.
 *
 * <p>The lock is the system's own on the file {@code lock}, so that of a killed process is free at
 * once; the file {@code pid} beside it says who holds it, for the message that others get.
 */
public final class DataFolder implements AutoCloseable {

  /**
   * The system counts such locks by process, not by channel: another channel to the same file, once
   * closed, would take our own lock away. So this JVM's folders are known here and never opened
   * twice.
   */
  private static final Set<Path> HELD = new HashSet<>();

  private final Path path;
  private final FileChannel channel;
  private final FileLock lock;
  private final boolean temporary;

  private DataFolder(Path path, FileChannel channel, FileLock lock, boolean temporary) {
    this.path = path;
    this.channel = channel;
    this.lock = lock;
    this.temporary = temporary;
  }

  /**
   * Makes the folder where it isn't there, and takes it.
   *
   * @throws IllegalStateException where a live process holds it; the message names its pid
   */
  public static DataFolder open(Path folder) {
    return open(folder, false);
  }

  /** A folder of its own, which goes with all that is in it when it is closed. For tests. */
  public static DataFolder temporary() {
    return open(Folders.temporary("data"), true);
  }

  private static DataFolder open(Path folder, boolean temporary) {
    Path path = Folders.create(folder);
    synchronized (HELD) {
      if (HELD.contains(path)) {
        throw inUse(path, Long.toString(ProcessHandle.current().pid()));
      }
      try {
        FileChannel channel =
            FileChannel.open(
                path.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        FileLock lock = channel.tryLock();
        if (lock == null) {
          channel.close();
          throw inUse(path, holder(path));
        }
        Files.writeString(pidFile(path), ProcessHandle.current().pid() + "\n");
        HELD.add(path);
        return new DataFolder(path, channel, lock, temporary);
      } catch (IOException e) {
        throw new UncheckedIOException(
            "cannot use the data folder " + path + ": " + e.getMessage(), e);
      }
    }
  }

  /** Its real path. */
  public Path path() {
    return path;
  }

  /** A folder in it, for one part; not yet made. */
  public Path part(String name) {
    return path.resolve(name);
  }

  /** Gives it up; what is in it stays, unless it is a temporary one. */
  @Override
  public void close() {
    synchronized (HELD) {
      if (!HELD.remove(path)) {
        return;
      }
      try {
        Files.deleteIfExists(pidFile(path));
        lock.release();
        channel.close();
      } catch (IOException e) {
        throw new UncheckedIOException(
            "cannot give up the data folder " + path + ": " + e.getMessage(), e);
      }
      if (temporary) {
        Folders.delete(path);
      }
    }
  }

  private static Path pidFile(Path folder) {
    return folder.resolve("pid");
  }

  private static String holder(Path folder) {
    try {
      return Files.readString(pidFile(folder)).strip();
    } catch (IOException notYetWritten) {
      return "not known yet";
    }
  }

  private static IllegalStateException inUse(Path path, String pid) {
    return new IllegalStateException(
        "the data folder "
            + path
            + " is in use by another process (pid "
            + pid
            + "); stop that one or give another folder");
  }
}

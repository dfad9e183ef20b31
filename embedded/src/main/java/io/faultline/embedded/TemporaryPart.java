package io.faultline.embedded;

import java.nio.file.Path;

/**
 * How a part is closed: stopped, and where its folder is temporary, that is removed. A temporary
 * part is also closed when the JVM ends, so that a test that forgets it leaves nothing behind.
 */
final class TemporaryPart {

  private final Path folder;
  private final Runnable stop;
  private final Thread hook;
  private boolean closed;

  /**
   * @param folder to remove; null where it stays
   */
  TemporaryPart(Path folder, Runnable stop) {
    this.folder = folder;
    this.stop = stop;
    this.hook = folder == null ? null : new Thread(this::end, "close " + folder.getFileName());
    if (hook != null) {
      Runtime.getRuntime().addShutdownHook(hook);
    }
  }

  void close() {
    end();
    if (hook != null) {
      try {
        Runtime.getRuntime().removeShutdownHook(hook);
      } catch (IllegalStateException alreadyEnding) {
        return; // the JVM is on its way out, and the hook has nothing left to do
      }
    }
  }

  private synchronized void end() {
    if (closed) {
      return;
    }
    closed = true;
    stop.run();
    if (folder != null) {
      Folders.delete(folder);
    }
  }
}

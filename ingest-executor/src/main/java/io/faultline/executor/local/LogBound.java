package io.faultline.executor.local;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * Keeps a container's log within bounds: when it grows over half of them, what it holds becomes
 * {@code log.1} and it begins anew. The container writes on, since it opened the file to append.
 * What it writes between the copy and the cut is lost.
 *
 * @param maxBytes of both files together, about
 */
record LogBound(long maxBytes) {

  void keep(Path containerFolder) {
    Path current = containerFolder.resolve("log");
    try (FileChannel log =
        FileChannel.open(current, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
      long half = maxBytes / 2;
      long size = log.size();
      if (size <= half) {
        return;
      }
      try (FileChannel old =
          FileChannel.open(
              containerFolder.resolve("log.1"),
              StandardOpenOption.CREATE,
              StandardOpenOption.WRITE,
              StandardOpenOption.TRUNCATE_EXISTING)) {
        long at = size - half;
        while (at < size) {
          long copied = log.transferTo(at, size - at, old);
          if (copied <= 0) {
            break;
          }
          at += copied;
        }
      }
      log.truncate(0);
    } catch (IOException e) {
      // no log, or no disk: the next look tries again
      return;
    }
  }
}

package io.faultline.executor.local;

import io.faultline.domain.evidence.MessageCut;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Set;

/**
 * A container's termination message: what it wrote to its file, else, where it asked for that and
 * ended badly, the end of its log, as much of it as Kubernetes takes (80 lines, 2 KiB). Only plain
 * files are read: what a job puts in their place can't make us wait or read something else.
 *
 * @param cut how messages are cut
 */
record LastWords(MessageCut cut) {

  private static final int MOST_READ = 16 << 20;
  private static final int LOG_LINES = 80;
  private static final int LOG_BYTES = 2048;

  String of(Path containerFolder, boolean fallbackToLogs, boolean failed) {
    String message = cut.head(read(containerFolder.resolve("message"), MOST_READ, false));
    if (!message.isEmpty() || !fallbackToLogs || !failed) {
      return message;
    }
    return cut.tail(lastLines(read(containerFolder.resolve("log"), LOG_BYTES, true)));
  }

  private static String lastLines(byte[] tail) {
    int start = 0;
    // not in the middle of a character
    while (tail.length == LOG_BYTES && start < 4 && (tail[start] & 0xC0) == 0x80) {
      start++;
    }
    String text = new String(tail, start, tail.length - start, StandardCharsets.UTF_8);
    int from = text.endsWith("\n") ? text.length() - 1 : text.length();
    for (int lines = 0; lines < LOG_LINES; lines++) {
      from = text.lastIndexOf('\n', from - 1);
      if (from < 0) {
        return text;
      }
    }
    return text.substring(from + 1);
  }

  private static byte[] read(Path file, int most, boolean end) {
    if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
      return new byte[0];
    }
    try (SeekableByteChannel channel =
        Files.newByteChannel(file, Set.of(StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS))) {
      long size = channel.size();
      ByteBuffer buffer = ByteBuffer.allocate((int) Math.min(size, most));
      channel.position(end ? size - buffer.capacity() : 0);
      while (buffer.hasRemaining() && channel.read(buffer) >= 0) {}
      byte[] read = new byte[buffer.position()];
      buffer.flip().get(read);
      return read;
    } catch (IOException e) {
      return new byte[0];
    }
  }
}

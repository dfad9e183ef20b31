package io.faultline.server.events;

import java.util.ArrayDeque;
import org.jspecify.annotations.Nullable;

/** What waits to be sent to one listener; bounded. Guarded by its owner. */
final class SendBuffer {

  /** Blocks at most, and bytes at which it is full. */
  static final int MAX_BLOCKS = 1_000;

  static final int MAX_BYTES = 1 << 20;
  private static final int MAX_CHUNK = 64 << 10;

  private final ArrayDeque<byte[]> blocks = new ArrayDeque<>();
  private int bytes;

  /** Whether nothing more should be put; what is put all the same is kept. */
  boolean full() {
    return blocks.size() >= MAX_BLOCKS || bytes >= MAX_BYTES;
  }

  boolean isEmpty() {
    return blocks.isEmpty();
  }

  void put(byte[] block) {
    blocks.add(block);
    bytes += block.length;
  }

  /** Takes as many blocks as one write should carry; null where there is none. */
  byte @Nullable [] take() {
    byte[] first = blocks.poll();
    if (first == null) {
      return null;
    }
    int length = first.length;
    int count = 0;
    for (byte[] block : blocks) {
      if (length + block.length > MAX_CHUNK) {
        break;
      }
      length += block.length;
      count++;
    }
    bytes -= length;
    if (count == 0) {
      return first;
    }
    byte[] chunk = new byte[length];
    System.arraycopy(first, 0, chunk, 0, first.length);
    int at = first.length;
    for (; count > 0; count--) {
      byte[] block = blocks.remove();
      System.arraycopy(block, 0, chunk, at, block.length);
      at += block.length;
    }
    return chunk;
  }
}

package io.faultline.benchmarks.subscribers;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;

/**
 * Connections that listen, all read by one thread, which looks for no more than the numbers of the
 * jobs whose events come.
 */
final class Subscribers implements AutoCloseable {

  private static final byte[] MARK = "\"eventId\":\"".getBytes(StandardCharsets.US_ASCII);

  /** A UUID, of which the last twelve digits are the job's number. */
  private static final int ID = 36;

  private static final int DIGITS = 12;

  private final Selector selector = Selector.open();
  private final ByteBuffer read = ByteBuffer.allocateDirect(256 << 10);
  private final Arrivals arrivals;
  private volatile int connected;
  private volatile boolean closed;
  private volatile IOException failed;

  /** Told of each event that comes, by one thread. */
  interface Arrivals {
    /**
     * @param nanos when, by {@link System#nanoTime}
     */
    void arrived(int job, long nanos);
  }

  /** What is left of one connection's bytes: the beginning of what is not whole yet. */
  private static final class Rest {
    byte[] bytes = new byte[0];
    boolean answered;
  }

  /** Opens one connection for each query; all listen when this returns. */
  Subscribers(int port, String token, List<String> queries, Arrivals arrivals)
      throws IOException, InterruptedException {
    this.arrivals = arrivals;
    Thread reader = new Thread(this::run, "subscribers");
    reader.setDaemon(true);
    reader.start();
    for (int i = 0; i < queries.size(); i++) {
      open(port, token, queries.get(i));
      // the server's queue of connections that it has not accepted yet is short
      awaitConnected(i - 20);
    }
    awaitConnected(queries.size());
  }

  private void open(int port, String token, String query) throws IOException {
    SocketChannel channel =
        SocketChannel.open(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
    ByteBuffer request =
        ByteBuffer.wrap(
            "GET /api/v1/events?%s HTTP/1.1\r\nHost: bench\r\nAuthorization: Bearer %s\r\n\r\n"
                .formatted(query, token)
                .getBytes(StandardCharsets.US_ASCII));
    while (request.hasRemaining()) {
      channel.write(request);
    }
    channel.configureBlocking(false);
    channel.register(selector, SelectionKey.OP_READ, new Rest());
    selector.wakeup();
  }

  private void awaitConnected(int most) throws IOException, InterruptedException {
    while (connected < most) {
      check();
      Thread.sleep(1);
    }
  }

  /** Fails where a connection has ended. */
  void check() throws IOException {
    if (failed != null) {
      throw failed;
    }
  }

  private void run() {
    try {
      while (!closed) {
        selector.select();
        long now = System.nanoTime();
        for (Iterator<SelectionKey> keys = selector.selectedKeys().iterator(); keys.hasNext(); ) {
          SelectionKey key = keys.next();
          keys.remove();
          take((SocketChannel) key.channel(), (Rest) key.attachment(), now);
        }
      }
    } catch (IOException e) {
      failed = e;
    }
  }

  private void take(SocketChannel channel, Rest rest, long now) throws IOException {
    read.clear();
    if (channel.read(read) < 0) {
      throw new IOException("the server has ended a stream");
    }
    read.flip();
    byte[] bytes = new byte[rest.bytes.length + read.remaining()];
    System.arraycopy(rest.bytes, 0, bytes, 0, rest.bytes.length);
    read.get(bytes, rest.bytes.length, read.remaining());
    if (!rest.answered) {
      String text = new String(bytes, StandardCharsets.US_ASCII);
      if (!text.startsWith("HTTP/1.1 200") && text.length() > 12) {
        throw new IOException("the server answered " + text);
      }
      if (!text.contains("\nid: ")) {
        rest.bytes = bytes;
        return;
      }
      rest.answered = true;
      connected++;
    }
    int at = 0;
    for (int mark = find(bytes, at); mark >= 0; mark = find(bytes, at)) {
      if (mark + ID > bytes.length) {
        break;
      }
      arrivals.arrived(number(bytes, mark + ID - DIGITS), now);
      at = mark + ID;
    }
    int keep = Math.min(bytes.length - at, MARK.length + ID - 1);
    rest.bytes = Arrays.copyOfRange(bytes, bytes.length - keep, bytes.length);
  }

  /** Where the next id begins; -1 where there is none. */
  private static int find(byte[] bytes, int from) {
    for (int i = from; i + MARK.length <= bytes.length; i++) {
      int same = 0;
      while (same < MARK.length && bytes[i + same] == MARK[same]) {
        same++;
      }
      if (same == MARK.length) {
        return i + same;
      }
    }
    return -1;
  }

  private static int number(byte[] bytes, int from) {
    int number = 0;
    for (int i = from; i < from + DIGITS; i++) {
      number = number * 10 + bytes[i] - '0';
    }
    return number;
  }

  @Override
  public void close() throws IOException {
    closed = true;
    selector.wakeup();
    for (SelectionKey key : selector.keys()) {
      key.channel().close();
    }
  }
}

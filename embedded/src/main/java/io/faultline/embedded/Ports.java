package io.faultline.embedded;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Free ports on the loopback address, for servers that must be told their port.
 *
 * <p>They are below the range from which systems take the local ports of outgoing connections: a
 * client that knocks again and again at a port of that range, while its server is down, may in the
 * end be given that very port, connect to itself, and keep the server from coming back.
 */
public final class Ports {

  private static final int FIRST = 15_000;
  private static final int LAST = 32_000;
  private static final int TRIES = 200;

  private Ports() {}

  /** A port that nobody listens on now. */
  public static int free() {
    return free(1).get(0);
  }

  /** So many different ports that nobody listens on now. */
  public static List<Integer> free(int count) {
    List<Integer> ports = new ArrayList<>();
    for (int tried = 0; ports.size() < count; tried++) {
      if (tried == TRIES * count) {
        throw new IllegalStateException("no free port on 127.0.0.1 from " + FIRST + " to " + LAST);
      }
      int port = ThreadLocalRandom.current().nextInt(FIRST, LAST + 1);
      if (!ports.contains(port) && isFree(port)) {
        ports.add(port);
      }
    }
    return ports;
  }

  /** Whether a server could listen on 127.0.0.1:port now. */
  public static boolean isFree(int port) {
    try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
      return socket.isBound();
    } catch (IOException inUse) {
      return false;
    }
  }

  /** Throws, with a message that names both, where the port is in use. */
  static void requireFree(int port, String who) {
    if (!isFree(port)) {
      throw new IllegalStateException(
          who + ": port " + port + " on 127.0.0.1 is in use; free it or give another port");
    }
  }
}

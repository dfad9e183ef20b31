package io.faultline.executor.local;

import java.util.Arrays;

/** Takes so many MiB of memory at once, then waits. */
final class Hog {

  private Hog() {}

  public static void main(String[] args) throws InterruptedException {
    byte[] taken = new byte[Integer.parseInt(args[0]) << 20];
    Arrays.fill(taken, (byte) 1);
    Thread.sleep(600_000L + taken[7]);
  }

  /** A container's command that takes memory, as JSON. */
  static String command(int mib) {
    return "[\""
        + System.getProperty("java.home")
        + "/bin/java\",\"-Xmx2g\",\"-Xms2g\",\"-XX:+UseSerialGC\",\"-XX:TieredStopAtLevel=1\",\"-cp\",\""
        + System.getProperty("java.class.path")
        + "\",\""
        + Hog.class.getName()
        + "\",\""
        + mib
        + "\"]";
  }
}

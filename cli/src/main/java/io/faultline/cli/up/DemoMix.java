package io.faultline.cli.up;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * Which job of the examples comes next: a believable mix, in which most are fine. The same seed
 * gives the same order.
 */
final class DemoMix {

  private static final List<Share> SHARES =
      List.of(
          new Share("fine", 8),
          new Share("transient", 3),
          new Share("missing-module", 2),
          new Share("build-failure", 2),
          new Share("terminated", 2),
          new Share("out-of-memory", 1),
          new Share("past-deadline", 1));

  private final Random random;
  private final List<String> drawn = new ArrayList<>();

  DemoMix(long seed) {
    random = new Random(seed);
    // each kind once, so that the first half minute shows all of them
    SHARES.forEach(share -> drawn.add(share.job()));
  }

  /** The name of the next example, without {@code .yaml}. */
  String next() {
    if (!drawn.isEmpty()) {
      return drawn.remove(0);
    }
    int draw = random.nextInt(SHARES.stream().mapToInt(Share::weight).sum());
    for (Share share : SHARES) {
      draw -= share.weight();
      if (draw < 0) {
        return share.job();
      }
    }
    throw new AssertionError("the draw is below the sum of all weights");
  }

  private record Share(String job, int weight) {}
}

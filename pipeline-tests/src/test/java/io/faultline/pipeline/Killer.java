package io.faultline.pipeline;

import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntSupplier;

/** Kills services at random moments, some inside a commit, and starts each again. */
final class Killer {

  /** A service and how to see that it is inside a commit. */
  record Victim(Service service, CommitProbe probe) {}

  private static final int TRIES = 60;

  private final List<Victim> victims;
  private final Random random;
  private final IntSupplier progress;
  private final int every;
  private final AtomicBoolean done = new AtomicBoolean();
  private final Thread thread = new Thread(this::run, "killer");
  private final AtomicInteger kills = new AtomicInteger();
  private final AtomicInteger insideCommit = new AtomicInteger();
  private volatile RuntimeException failure;

  /**
   * @param progress how far the work is
   * @param every how much of it lies between two kills, on average
   */
  Killer(List<Victim> victims, long seed, IntSupplier progress, int every) {
    this.victims = victims;
    this.random = new Random(seed);
    this.progress = progress;
    this.every = every;
    thread.setDaemon(true);
  }

  void start() {
    thread.start();
  }

  int kills() {
    return kills.get();
  }

  int insideCommit() {
    return insideCommit.get();
  }

  /** Ends; every service runs when this returns. */
  void finish() throws InterruptedException {
    done.set(true);
    thread.join();
    if (failure != null) {
      throw failure;
    }
  }

  private void run() {
    try {
      while (!done.get()) {
        awaitProgress((kills.get() + random.nextDouble()) * every);
        Victim victim = victims.get(kills.get() % victims.size());
        if (done.get()) {
          return;
        }
        if (!victim.service().alive()) {
          throw new IllegalStateException(
              victim.service().name() + " ended by itself, see target/");
        }
        if (random.nextBoolean() && huntCommit(victim)) {
          insideCommit.incrementAndGet();
        }
        victim.service().kill();
        kills.incrementAndGet();
        victim.service().start();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (RuntimeException e) {
      failure = e;
    }
  }

  private void awaitProgress(double to) throws InterruptedException {
    while (progress.getAsInt() < to && !done.get()) {
      Thread.sleep(5);
    }
  }

  /** Stops the service again and again until it stands inside a commit. */
  private boolean huntCommit(Victim victim) throws InterruptedException {
    for (int i = 0; i < TRIES; i++) {
      victim.service().freeze();
      if (victim.probe().insideCommit()) {
        return true;
      }
      victim.service().proceed();
      Thread.sleep(1 + random.nextInt(10));
    }
    return false;
  }
}

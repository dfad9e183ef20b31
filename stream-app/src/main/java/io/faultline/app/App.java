package io.faultline.app;

import java.util.Optional;

/** One service: started once, closed once; {@code up} runs several in one process. */
public interface App extends AutoCloseable {

  /** The service's name, for example {@code classifier-stream}. */
  String name();

  /** Begins to work and returns; throws where it can't begin at all (bad settings, port in use). */
  void start();

  /** Whether it does its work now: connected, restored, and following its resources. */
  boolean ready();

  /** What ended it for good, so that its process should end too; empty while it works or waits. */
  default Optional<Throwable> failure() {
    return Optional.empty();
  }

  /** Stops working, leaves nothing half done, and gives up its threads and ports. */
  @Override
  void close();
}

package io.faultline.server.events;

import java.time.Instant;

/** Where a listener begins. */
public sealed interface Begin {

  /** With what comes from now on. */
  record Now() implements Begin {}

  /** With what was appended to the topic at a time or later. */
  record Since(Instant time) implements Begin {}

  /** Exactly where an earlier stream ended. */
  record After(Position position) implements Begin {}
}

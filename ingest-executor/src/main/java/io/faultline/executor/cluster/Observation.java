package io.faultline.executor.cluster;

import io.faultline.domain.evidence.Evidence;
import java.time.Instant;

/** What a cluster saw of a run. */
public sealed interface Observation {

  /** The run. */
  String runId();

  /** The node it is on; empty until known. */
  String node();

  /** When it came to this. */
  Instant at();

  /** It is made, and none of its regular containers runs yet. */
  record Pending(String runId, String node, Instant at) implements Observation {}

  /** Its regular containers run. */
  record Running(String runId, String node, Instant at) implements Observation {}

  /** All its regular containers ended with exit code 0. */
  record Succeeded(String runId, String node, Instant at) implements Observation {}

  /** It was ended by {@link StopCause#COMMAND}. */
  record Stopped(String runId, String node, Instant at) implements Observation {}

  /**
   * It ended badly.
   *
   * @param evidence all that was seen
   */
  record Failed(String runId, String node, Instant at, Evidence evidence) implements Observation {}
}

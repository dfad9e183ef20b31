package io.faultline.executor.cluster;

/** Has runs do what a test wants of them, on a kind of cluster that knows how. */
public interface Driver {

  /**
   * A pod spec whose run goes on until it is told how to end, with more fields of its container.
   */
  String waits(String containerFields);

  /** A pod spec whose run goes on until it is told how to end. */
  default String waits() {
    return waits("");
  }

  /** A pod spec whose run heeds no signal that can be ignored, with more fields of the pod. */
  String deaf(String podFields);

  /** Has a run end with this code, and returns once it has. */
  void end(PodOrder order, int exitCode) throws Exception;

  /** What a run that {@link #waits} has as a variable of its environment; empty for nothing. */
  String variable(PodOrder order, String name) throws Exception;

  /** How often a run has been started. */
  int starts(PodOrder order);
}

package io.faultline.ingester.sink;

import java.util.List;

/** Takes the messages whose rows a sink refused. */
public interface Refusals {

  /**
   * Returns once they are safe elsewhere. May be called again with the same ones, where the batch
   * is tried again. What it throws goes to the caller of {@link Sink#write}, and nothing is
   * written.
   */
  void keep(List<Refusal> refusals);

  /**
   * A message that is not wholly in the sink.
   *
   * @param message its place in the batch
   * @param reason which row was refused, and why, in one line
   */
  record Refusal(int message, String reason) {}
}

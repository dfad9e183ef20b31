package io.faultline.executor.kafka;

import io.faultline.domain.evidence.JobError;
import io.faultline.domain.job.Lease;
import io.faultline.domain.job.RunReport;
import io.faultline.schemas.UndecodableException;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** What the executor says of requests and runs; all of it together, or none of it. */
interface Outbox {

  void report(RunReport report);

  void error(JobError error);

  /** Says that a run is held here. */
  void lease(Lease lease);

  /** Says that it is held no more. */
  void release(String runId);

  /**
   * Puts a request back to the end of its topic, as it was. To the next partition: whoever reads
   * that one may have more room. No two requests of a job wait at once, so that their order is not
   * at stake.
   */
  void putBack(ConsumerRecord<byte[], byte[]> request);

  void deadLetter(ConsumerRecord<byte[], byte[]> record, UndecodableException why);
}

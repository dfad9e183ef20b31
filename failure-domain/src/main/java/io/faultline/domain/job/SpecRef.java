package io.faultline.domain.job;

/**
 * Where a job's spec stands on the topic {@code job-specs}, so that no state store holds specs. A
 * repeated submit may have written the same spec again further on and compaction may have removed
 * this one: the reader takes the first record at or after the offset that has the job's id and the
 * hash.
 *
 * @param partition the partition
 * @param offset the offset of the record
 * @param sha256 what {@link JobSpec#sha256} says of the spec
 */
public record SpecRef(int partition, long offset, String sha256) {}

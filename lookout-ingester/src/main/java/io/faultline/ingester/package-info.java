/**
 * Batches events into PostgreSQL. {@link io.faultline.ingester.IngestLoop} reads, decodes and
 * writes; {@code plan} says what messages mean for rows, {@code kafka} and {@code sink} are the two
 * outside systems.
 */
package io.faultline.ingester;

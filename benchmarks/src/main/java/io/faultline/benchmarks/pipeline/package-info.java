/**
 * From JobError to JobFailed or to a set's decision: the two streams on a broker in this process.
 */
package io.faultline.benchmarks.pipeline;

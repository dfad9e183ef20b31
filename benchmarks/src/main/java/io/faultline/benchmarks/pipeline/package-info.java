/** From JobError to JobFailed: the two streams on a broker in this process. */
package io.faultline.benchmarks.pipeline;

/**
 * Measures what the documents claim: {@code benchmarks/run NAME} runs one benchmark and prints
 * JSON.
 */
package io.faultline.benchmarks;

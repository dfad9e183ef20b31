/** {@code faultline up} as a process: its start, its memory, and how soon a failure is found. */
package io.faultline.benchmarks.up;

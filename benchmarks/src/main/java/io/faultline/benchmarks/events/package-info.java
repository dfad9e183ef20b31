/** {@code faultline test events}: what judging costs, and what it adds to the jobs' own time. */
package io.faultline.benchmarks.events;

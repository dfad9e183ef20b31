/** An executor with thousands of pods: its memory, and how soon it tells an end. */
package io.faultline.benchmarks.pods;

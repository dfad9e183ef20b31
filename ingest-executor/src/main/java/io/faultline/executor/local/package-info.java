/**
 * Runs as processes on this machine. {@link io.faultline.executor.local.LocalCluster} prepares a
 * folder for each run and starts a small supervisor in it (supervisor.sh), which outlives the
 * executor; all that is known of a run is what stands in its folder.
 */
package io.faultline.executor.local;

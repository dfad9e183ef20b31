/**
 * Claims runs, has them run, and reports what becomes of them. {@code kafka} is the loop and all
 * that it reads and writes there, {@code cluster} what it asks of where runs run, {@code local} the
 * kind that runs them as processes on this machine, {@code pod} the part of a pod spec that such
 * processes can honour.
 */
package io.faultline.executor;

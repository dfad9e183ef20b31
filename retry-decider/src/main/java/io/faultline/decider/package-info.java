/** The job's state machine as a topology. */
package io.faultline.decider;

/** When runs that wait are due. Only {@link io.faultline.decider.timer.Timers} knows the store. */
package io.faultline.decider.timer;

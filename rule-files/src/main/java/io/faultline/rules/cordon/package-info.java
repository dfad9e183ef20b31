/** Cordons of queues and executors. */
package io.faultline.rules.cordon;

/**
 * Retry policies: {@link io.faultline.rules.policy.RetryPolicyReader} reads a file, {@link
 * io.faultline.rules.policy.RetryPolicyLint} says what in it is hardly meant.
 */
package io.faultline.rules.policy;

/** Classifying and deciding by themselves, by the number of rules; measured by JMH. */
package io.faultline.benchmarks.rules;

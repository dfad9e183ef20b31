/** The counts of a job, asked over HTTP. */
package io.faultline.classifier.counts;

/** Says what kind of failure each one is, and counts. */
package io.faultline.classifier;

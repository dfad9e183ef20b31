/** The part of a Kubernetes pod spec that can be honoured by processes on one machine. */
package io.faultline.executor.pod;

/**
 * What kubectl prints of a pod and its events, as evidence: {@link
 * io.faultline.rules.kubernetes.PodReader}. Fields that Faultline doesn't know are read past; a
 * field it does know must have its type.
 */
package io.faultline.rules.kubernetes;

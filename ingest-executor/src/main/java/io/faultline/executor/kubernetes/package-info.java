/**
 * The cluster of pods: {@link io.faultline.executor.kubernetes.KubernetesCluster}. {@code PodApi}
 * is all that is asked of the API server, {@code ObjectWatch} all that it tells; what a pod's
 * newest status means is decided by {@code PodFate}, without either.
 */
package io.faultline.executor.kubernetes;

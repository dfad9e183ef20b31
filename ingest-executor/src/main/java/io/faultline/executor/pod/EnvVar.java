package io.faultline.executor.pod;

/**
 * One variable of a container's environment.
 *
 * @param name its name
 * @param value its value; empty where it comes from a field of the pod
 * @param fieldPath the pod's field that it comes from, for example {@code metadata.name}; else
 *     empty
 */
public record EnvVar(String name, String value, String fieldPath) {}

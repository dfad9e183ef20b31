package io.faultline.server.control;

import io.faultline.domain.resource.ResourceKind;

/**
 * Names a resource.
 *
 * @param kind its kind
 * @param name its name
 */
public record ResourceRef(ResourceKind kind, String name) {}

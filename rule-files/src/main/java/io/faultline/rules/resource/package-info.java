/**
 * Resource files: one or more documents, each of a kind. {@link
 * io.faultline.rules.resource.ResourceFile} takes them apart, {@link
 * io.faultline.rules.resource.ResourceCheck} reads each with the reader of its kind.
 */
package io.faultline.rules.resource;

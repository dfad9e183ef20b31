package io.faultline.server.http;

import io.faultline.domain.resource.ResourceKind;
import io.faultline.server.access.Permission;

/**
 * What is needed to write resources of a kind. Reading needs {@link Permission#READ}.
 *
 * @param create to make one
 * @param update to replace one
 * @param delete to delete one
 */
record ResourcePermissions(Permission create, Permission update, Permission delete) {

  static ResourcePermissions of(ResourceKind kind) {
    return switch (kind) {
      case QUEUE ->
          new ResourcePermissions(
              Permission.CREATE_QUEUE, Permission.UPDATE_QUEUE, Permission.DELETE_QUEUE);
      case CATEGORIES ->
          new ResourcePermissions(
              Permission.CREATE_CATEGORIES,
              Permission.UPDATE_CATEGORIES,
              Permission.DELETE_CATEGORIES);
      case RETRY_POLICY ->
          new ResourcePermissions(
              Permission.CREATE_RETRY_POLICY,
              Permission.UPDATE_RETRY_POLICY,
              Permission.DELETE_RETRY_POLICY);
    };
  }

  /** To write one, which is there or is not. */
  Permission toWrite(boolean there) {
    return there ? update : create;
  }
}

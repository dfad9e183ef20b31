package io.faultline.server.http;

import io.faultline.domain.resource.CordonDefinition.Target;
import io.faultline.domain.resource.ResourceKind;
import io.faultline.rules.cordon.CordonReader;
import io.faultline.rules.yaml.YamlFile;
import io.faultline.server.access.Caller;
import io.faultline.server.access.Permission;

/**
 * What is needed to write resources of a kind. Reading needs {@link Permission#READ}. Cordons need
 * the permission for what they hold back, whatever is done with them.
 *
 * @param create to make one
 * @param update to replace one
 * @param delete to delete one
 */
record ResourcePermissions(Permission create, Permission update, Permission delete) {

  private static final ResourcePermissions OF_QUEUE_CORDONS = of(Permission.CORDON_QUEUE);
  private static final ResourcePermissions OF_EXECUTOR_CORDONS = of(Permission.CORDON_EXECUTOR);

  private static ResourcePermissions of(Permission all) {
    return new ResourcePermissions(all, all, all);
  }

  /**
   * What is needed for a document.
   *
   * @param document of this kind, which its reader accepts
   */
  static ResourcePermissions of(ResourceKind kind, String document) {
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
      case CORDON -> target(document) == Target.QUEUE ? OF_QUEUE_CORDONS : OF_EXECUTOR_CORDONS;
    };
  }

  private static Target target(String document) {
    return CordonReader.read(YamlFile.read("body", document).single()).target();
  }

  /** What a route for making one asks, before it is known what. */
  static Access toCreate(ResourceKind kind) {
    return kind == ResourceKind.CORDON ? eitherCordon() : Access.needs(of(kind, "").create());
  }

  /** What a route for making or replacing one asks, before it is known what. */
  static Access toWrite(ResourceKind kind) {
    return kind == ResourceKind.CORDON
        ? eitherCordon()
        : Access.needs(of(kind, "").create(), of(kind, "").update());
  }

  /** What a route for deleting one asks, before it is known what. */
  static Access toDelete(ResourceKind kind) {
    return kind == ResourceKind.CORDON ? eitherCordon() : Access.needs(of(kind, "").delete());
  }

  private static Access eitherCordon() {
    return Access.needs(Permission.CORDON_QUEUE, Permission.CORDON_EXECUTOR);
  }

  /** Refuses who may not write one, which is there or is not. */
  void checkWrite(Caller caller, boolean there) {
    Access.check(caller, there ? update : create);
  }

  /** Refuses who may not delete one. */
  void checkDelete(Caller caller) {
    Access.check(caller, delete);
  }
}

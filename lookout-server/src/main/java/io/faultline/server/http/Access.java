package io.faultline.server.http;

import io.faultline.server.access.Caller;
import io.faultline.server.access.Permission;
import io.faultline.server.http.Problem.Kind;
import java.util.List;
import java.util.stream.Collectors;

/**
 * What a route asks of who calls it.
 *
 * @param token whether it needs a token at all
 * @param anyOf the permissions of which one is needed; empty for none
 */
record Access(boolean token, List<Permission> anyOf) {

  /** Health: answers without a token. */
  static final Access OPEN = new Access(false, List.of());

  /** Whoever has a token. */
  static final Access ANYONE = new Access(true, List.of());

  /** Reading what there is. */
  static final Access READ = needs(Permission.READ);

  /** One of these permissions. */
  static Access needs(Permission... anyOf) {
    return new Access(true, List.of(anyOf));
  }

  /** Refuses who may do none of it. */
  void check(Caller caller) {
    if (!anyOf.isEmpty() && !caller.may(anyOf)) {
      throw denied(caller, anyOf);
    }
  }

  /** Refuses who may not do it. */
  static void check(Caller caller, Permission permission) {
    needs(permission).check(caller);
  }

  private static ProblemException denied(Caller caller, List<Permission> anyOf) {
    List<String> words = anyOf.stream().map(Permission::word).toList();
    String groups =
        caller.groups().isEmpty()
            ? "who is in no group"
            : caller.groups().stream().collect(Collectors.joining(", ", "of the groups ", ""));
    return Problem.of(
            Kind.FORBIDDEN,
            "the permission %s is missing; you are '%s', %s"
                .formatted(
                    words.stream().collect(Collectors.joining("' or '", "'", "'")),
                    caller.name(),
                    groups))
        .with("permissions", words)
        .with("user", caller.name())
        .with("groups", caller.groups())
        .exception();
  }
}

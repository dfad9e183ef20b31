package io.faultline.server.access;

import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * Who calls.
 *
 * @param name as it is kept with what they do
 * @param groups those they are in, sorted
 * @param permissions what they may do
 */
public record Caller(String name, List<String> groups, Set<Permission> permissions) {

  /** Copies the collections. */
  public Caller {
    groups = List.copyOf(new TreeSet<>(groups));
    permissions =
        permissions.isEmpty() ? Set.of() : Collections.unmodifiableSet(EnumSet.copyOf(permissions));
  }

  /** One who may do everything. */
  public static Caller admin(String name) {
    return new Caller(name, List.of(), EnumSet.allOf(Permission.class));
  }

  /** Whether they may do at least one of these. */
  public boolean may(List<Permission> anyOf) {
    return anyOf.stream().anyMatch(permissions::contains);
  }
}

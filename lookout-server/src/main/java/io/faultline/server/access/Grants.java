package io.faultline.server.access;

import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What each group may do.
 *
 * @param groupsOf the groups that a permission is granted to; a permission that is missing is
 *     granted to none
 */
public record Grants(Map<Permission, Set<String>> groupsOf) {

  /** The group that every user is in. */
  public static final String EVERYONE = "everyone";

  /** Copies the map. */
  public Grants {
    groupsOf = Map.copyOf(groupsOf);
  }

  /** The user with what their groups may do. */
  public Caller caller(Identity identity) {
    Set<Permission> permissions = EnumSet.noneOf(Permission.class);
    groupsOf.forEach(
        (permission, groups) -> {
          if (groups.contains(EVERYONE) || groups.stream().anyMatch(identity.groups()::contains)) {
            permissions.add(permission);
          }
        });
    return new Caller(identity.name(), List.copyOf(identity.groups()), permissions);
  }
}

package io.faultline.server.access;

import java.util.Set;

/**
 * Who a token belongs to.
 *
 * @param name of the user or service
 * @param groups those it is in
 */
public record Identity(String name, Set<String> groups) {

  /** Copies the groups. */
  public Identity {
    groups = Set.copyOf(groups);
  }
}

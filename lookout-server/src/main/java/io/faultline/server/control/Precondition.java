package io.faultline.server.control;

import org.jspecify.annotations.Nullable;

/**
 * What must hold of a resource for a write to happen.
 *
 * @param revision the revision at which it must stand; null for any
 * @param absent whether there must be none
 */
public record Precondition(@Nullable Long revision, boolean absent) {

  /** Always holds. */
  public static final Precondition NONE = new Precondition(null, false);

  /** Holds where there is none. */
  public static final Precondition ABSENT = new Precondition(null, true);

  boolean holds(@Nullable Long current) {
    if (absent) {
      return current == null;
    }
    return revision == null || revision.equals(current);
  }
}

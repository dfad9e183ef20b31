package io.faultline.server.control;

import io.faultline.domain.resource.Resource;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What became of a write.
 *
 * @param kind which outcome
 * @param resource as it stands after the write; null where there is none
 * @param referredBy who still refers to it, for {@link Kind#REFERRED_TO}
 */
public record WriteOutcome(Kind kind, @Nullable Resource resource, List<ResourceRef> referredBy) {

  /** Copies the list. */
  public WriteOutcome {
    referredBy = List.copyOf(referredBy);
  }

  static WriteOutcome of(Kind kind, @Nullable Resource resource) {
    return new WriteOutcome(kind, resource, List.of());
  }

  /** The outcomes. The first four are done, the others changed nothing. */
  public enum Kind {
    CREATED,
    UPDATED,
    UNCHANGED,
    DELETED,
    /** There is none to delete. */
    MISSING,
    /** The precondition does not hold. */
    PRECONDITION,
    /** Others refer to it. */
    REFERRED_TO
  }
}

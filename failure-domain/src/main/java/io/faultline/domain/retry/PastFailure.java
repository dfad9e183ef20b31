package io.faultline.domain.retry;

import io.faultline.domain.evidence.EvidenceKind;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * An earlier failure of a job, as later decisions may ask about it.
 *
 * @param kind what kind of end it was
 * @param category what the classifier said; empty when there was none
 * @param subcategory what the classifier said; may be empty
 * @param exitCode of the first failed container; null when there was none
 * @param node where it was; empty where that is not known
 * @param at when it happened
 * @param rule the rule that granted the retry; empty where none matched
 */
public record PastFailure(
    EvidenceKind kind,
    String category,
    String subcategory,
    @Nullable Integer exitCode,
    String node,
    Instant at,
    String rule) {}

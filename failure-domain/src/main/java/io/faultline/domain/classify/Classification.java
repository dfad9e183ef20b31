package io.faultline.domain.classify;

import org.jspecify.annotations.Nullable;

/**
 * What the classifier says of one failure.
 *
 * @param info category, subcategory, all categories, hint, and the first failed container
 * @param action what to do with the failed pod
 * @param message the text for people, with the hint after an empty line
 * @param rule the first rule that matched; null when none did
 * @param fatal whether its category says that another try can't help
 */
public record Classification(
    FailureInfo info, PodAction action, String message, @Nullable RuleRef rule, boolean fatal) {}

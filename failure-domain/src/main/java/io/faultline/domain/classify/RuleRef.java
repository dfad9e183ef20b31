package io.faultline.domain.classify;

/**
 * Names the rule that decided.
 *
 * @param category the category it stands in
 * @param index its place in that category, from 0
 */
public record RuleRef(String category, int index) {}

/**
 * YAML and JSON as typed nodes that know their file, line, column and path, so that whatever is
 * wrong in a file can be said with its place. Strict: text is not a number, a scalar is not a list,
 * keys are unique and known. A reader asks for what it wants and gets it or a {@link
 * io.faultline.rules.yaml.RuleFileException}.
 */
package io.faultline.rules.yaml;

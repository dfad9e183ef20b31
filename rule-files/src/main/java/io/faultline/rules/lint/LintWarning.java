package io.faultline.rules.lint;

import io.faultline.rules.yaml.RuleFileException;
import io.faultline.rules.yaml.YamlNode;

/**
 * Something in a file that is read but hardly meant.
 *
 * @param file as the user knows it
 * @param line from 1
 * @param column in characters, from 1
 * @param path for example {@code rules[2].onExitCodes}; may be empty
 * @param message what, and what to do
 */
public record LintWarning(String file, int line, int column, String path, String message) {

  /** A warning about a node. */
  public static LintWarning at(YamlNode node, String message) {
    return new LintWarning(node.file(), node.line(), node.column(), node.path(), message);
  }

  /** Where it is: file, line, column and path. */
  public String place() {
    return file + ":" + line + ":" + column + ": " + path;
  }

  /** One line, in the form of {@link RuleFileException}. */
  @Override
  public String toString() {
    return new RuleFileException(file, line, column, path, message).getMessage();
  }
}

package io.faultline.rules.yaml;

/**
 * A file that can't be used, with the place where it is wrong. The message is one line: file, line,
 * column, path, what is wrong and what is allowed.
 */
public final class RuleFileException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final String file;
  private final int line;
  private final int column;
  private final String path;
  private final String problem;

  /**
   * @param file the file's name as the user knows it
   * @param line from 1; 0 where there is none
   * @param column in characters, from 1; 0 where there is none
   * @param path for example {@code categories[0].rules[2].onExitCodes}; may be empty
   * @param problem what is wrong, the offending value, and what is allowed
   */
  public RuleFileException(String file, int line, int column, String path, String problem) {
    super(place(file, line, column) + (path.isEmpty() ? "" : path + ": ") + problem);
    this.file = file;
    this.line = line;
    this.column = column;
    this.path = path;
    this.problem = problem;
  }

  private static String place(String file, int line, int column) {
    return line == 0 ? file + ": " : file + ":" + line + ":" + column + ": ";
  }

  /** The file's name as the user knows it. */
  public String file() {
    return file;
  }

  /** From 1; 0 where there is none. */
  public int line() {
    return line;
  }

  /** In characters, from 1; 0 where there is none. */
  public int column() {
    return column;
  }

  /** For example {@code categories[0].rules[2].onExitCodes}; may be empty. */
  public String path() {
    return path;
  }

  /** What is wrong, without the place. */
  public String problem() {
    return problem;
  }
}

package io.faultline.cli;

/** How a command ends. */
public enum ExitCode {
  /** It did what was asked. */
  FINE(0),
  /** It ran and the answer is no: a test failed, a diff exists, a limit of time passed. */
  NO(1),
  /** Bad input or usage. */
  BAD_INPUT(2),
  /** Something outside was not reachable. */
  UNREACHABLE(3),
  /** What was asked for does not exist. */
  NOT_FOUND(4);

  private final int number;

  ExitCode(int number) {
    this.number = number;
  }

  /** The process's exit status. */
  public int number() {
    return number;
  }
}

package io.faultline.client;

/** The server refused, and changed nothing. Its subclasses say what kind of refusal it is. */
public class RefusedException extends FaultlineException {
  private static final long serialVersionUID = 1L;

  private final transient Problem problem;

  RefusedException(Problem problem) {
    super(problem.detail(), null);
    this.problem = problem;
  }

  static RefusedException of(Problem problem) {
    return switch (problem.status()) {
      case 401, 403 -> new Denied(problem);
      case 404 -> new NotFound(problem);
      case 409, 412 -> new Conflict(problem);
      default -> problem.status() >= 500 ? new Unavailable(problem) : new RefusedException(problem);
    };
  }

  /** What the server said. */
  public Problem problem() {
    return problem;
  }

  /** No valid token, or a permission is missing: {@link Problem#permissions}. */
  public static final class Denied extends RefusedException {
    private static final long serialVersionUID = 1L;

    Denied(Problem problem) {
      super(problem);
    }
  }

  /** There is no such thing. */
  public static final class NotFound extends RefusedException {
    private static final long serialVersionUID = 1L;

    NotFound(Problem problem) {
      super(problem);
    }
  }

  /** It conflicts with what is there: it exists, has changed, is referred to, has ended. */
  public static final class Conflict extends RefusedException {
    private static final long serialVersionUID = 1L;

    Conflict(Problem problem) {
      super(problem);
    }
  }

  /** The server, or something that it needs, is away or at fault. Asking again may help. */
  public static final class Unavailable extends RefusedException {
    private static final long serialVersionUID = 1L;

    Unavailable(Problem problem) {
      super(problem);
    }
  }
}

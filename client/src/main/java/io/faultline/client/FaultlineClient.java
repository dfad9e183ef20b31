package io.faultline.client;

/**
 * A server, and who asks it. Safe for many threads; holds no connection that would have to be
 * closed.
 */
public final class FaultlineClient {

  private final Rest rest;

  /**
   * @param server its address, for example {@code http://127.0.0.1:8080}
   * @param token what it asks for; empty for none
   */
  public FaultlineClient(String server, String token) {
    this.rest = new Rest(server, token);
  }

  /** Retry policies. */
  public Resources policies() {
    return resources(Kind.RETRY_POLICY);
  }

  /** Sets of categories. */
  public Resources categories() {
    return resources(Kind.CATEGORIES);
  }

  /** Queues. */
  public Resources queues() {
    return resources(Kind.QUEUE);
  }

  /** Resources of a kind. */
  public Resources resources(Kind kind) {
    return new Resources(rest, kind, false);
  }

  /** Submits and cancels jobs. */
  public Jobs jobs() {
    return new Jobs(rest);
  }

  /** Submits JobSets, cancels sets and tells of them. */
  public Sets sets() {
    return new Sets(rest);
  }

  /** For what has no method of its own here. */
  public Rest rest() {
    return rest;
  }
}

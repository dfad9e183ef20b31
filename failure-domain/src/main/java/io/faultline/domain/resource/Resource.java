package io.faultline.domain.resource;

import java.time.Instant;

/**
 * One revision of what an operator wrote.
 *
 * @param kind what it is
 * @param name its name, unique within its kind
 * @param revision greater than that of every earlier change of any resource
 * @param deleted whether this revision is its deletion
 * @param body the document as written, YAML or JSON; empty when deleted
 * @param changedAt when
 * @param changedBy who
 */
public record Resource(
    ResourceKind kind,
    String name,
    long revision,
    boolean deleted,
    String body,
    Instant changedAt,
    String changedBy) {

  /** The record key on the topics: {@code Kind/name}. */
  public String key() {
    return kind.word() + "/" + name;
  }
}

package io.faultline.server.access;

import java.util.Arrays;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * What may be granted to a group. The words are part of the contract; Armada's where it has one.
 */
public enum Permission {
  READ("read"),
  /** A part of what {@link #READ} allows: the streams of events alone. */
  WATCH_ALL_EVENTS("watch_all_events"),
  SUBMIT_JOBS("submit_any_jobs", "submit_jobs"),
  CANCEL_JOBS("cancel_any_jobs", "cancel_jobs"),
  RETRY_JOBS("retry_jobs"),
  CREATE_QUEUE("create_queue"),
  UPDATE_QUEUE("update_queue"),
  DELETE_QUEUE("delete_queue"),
  CREATE_CATEGORIES("create_categories"),
  UPDATE_CATEGORIES("update_categories"),
  DELETE_CATEGORIES("delete_categories"),
  CREATE_RETRY_POLICY("create_retry_policy"),
  UPDATE_RETRY_POLICY("update_retry_policy"),
  DELETE_RETRY_POLICY("delete_retry_policy"),
  CORDON_QUEUE("cordon_queue"),
  CORDON_EXECUTOR("cordon_executor", "update_executor_settings"),
  SEND_DEAD_LETTERS("send_dead_letters");

  /** Armada's words for what does not exist here; read past, so that its mapping can be taken. */
  static final Set<String> WITHOUT_EFFECT =
      Set.of("preempt_any_jobs", "reprioritize_any_jobs", "execute_jobs", "cordon_nodes");

  private final String word;
  private final String alias;

  Permission(String word) {
    this(word, word);
  }

  Permission(String word, String alias) {
    this.word = word;
    this.alias = alias;
  }

  /** Its word in settings and in refusals. */
  public String word() {
    return word;
  }

  /** What a word names; empty where it names none. */
  static Optional<Permission> ofWord(String word) {
    return Arrays.stream(values())
        .filter(p -> p.word.equals(word) || p.alias.equals(word))
        .findFirst();
  }

  /** All words that {@link #ofWord} knows, in order. */
  static Stream<String> allWords() {
    return Arrays.stream(values()).flatMap(p -> Stream.of(p.word, p.alias)).distinct();
  }
}

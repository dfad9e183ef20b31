package io.faultline.eventtest;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** The kinds of events that a test can name. Some are never emitted here: they never match. */
public enum EventKind {
  SUBMITTED,
  QUEUED,
  LEASED,
  LEASE_RETURNED,
  LEASE_EXPIRED,
  PENDING,
  RUNNING,
  SUCCEEDED,
  FAILED,
  PREEMPTING,
  PREEMPTED,
  CANCELLING,
  CANCELLED,
  REPRIORITIZING,
  REPRIORITIZED,
  INGRESS_INFO,
  UTILISATION,
  RETRY_SCHEDULED;

  private static final Map<String, EventKind> BY_WORD = new HashMap<>();

  static {
    for (EventKind kind : values()) {
      BY_WORD.put(kind.word(), kind);
      BY_WORD.put(kind.name().toLowerCase(Locale.ROOT), kind);
    }
  }

  /** As files name it, for example {@code leaseReturned}. */
  public String word() {
    StringBuilder word = new StringBuilder(name().length());
    boolean capital = false;
    for (char c : name().toCharArray()) {
      if (c != '_') {
        word.append(capital ? c : Character.toLowerCase(c));
      }
      capital = c == '_';
    }
    return word.toString();
  }

  /** Of a word in lowerCamelCase or snake_case; empty for any other. */
  public static Optional<EventKind> of(String word) {
    return Optional.ofNullable(BY_WORD.get(word));
  }

  /** All words, for messages. */
  public static List<String> words() {
    return Arrays.stream(values()).map(EventKind::word).toList();
  }

  /** What to say of a word that is none of them. */
  static String unknown(String word) {
    return "unknown event \"" + word + "\"; allowed: " + String.join(", ", words());
  }
}

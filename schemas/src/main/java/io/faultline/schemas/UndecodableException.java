package io.faultline.schemas;

import org.apache.kafka.common.errors.SerializationException;

/**
 * Bytes that will never become a message, however often they are read: a dead letter. Everything
 * else that a deserializer throws is not the record's fault and must not drain the topic.
 */
public final class UndecodableException extends SerializationException {

  private static final long serialVersionUID = 1L;

  /** Why; the word stands in the dead letter's header {@code dl-reason}. */
  public enum Reason {
    /** No magic byte and schema id in front, or fewer than five bytes. */
    NOT_FRAMED("not_framed"),
    /** The registry has no schema with the id in front. */
    UNKNOWN_SCHEMA("unknown_schema"),
    /** Written by a schema that ours can't read. */
    INCOMPATIBLE_SCHEMA("incompatible_schema"),
    /** The bytes are not what their schema says. */
    CORRUPT("corrupt"),
    /** A word of a newer version without a harmless reading here. */
    UNKNOWN_WORD("unknown_word");

    private final String word;

    Reason(String word) {
      this.word = word;
    }

    /** The word, for example {@code unknown_schema}. */
    public String word() {
      return word;
    }
  }

  private final Reason reason;

  /** With what was wrong, in one line. */
  public UndecodableException(Reason reason, String message, Throwable cause) {
    super(message, cause);
    this.reason = reason;
  }

  /** Why. */
  public Reason reason() {
    return reason;
  }
}

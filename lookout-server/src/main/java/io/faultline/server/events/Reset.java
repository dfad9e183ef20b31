package io.faultline.server.events;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.nio.charset.StandardCharsets;

/**
 * That a listener can't go on where it was, and where it goes on instead.
 *
 * @param reason one word
 * @param detail the same for people
 * @param from where it goes on
 */
public record Reset(Reason reason, String detail, Position from) {

  /** Why a listener can't go on where it was. */
  public enum Reason {
    /** Some of what comes next is not kept any more. */
    TOO_OLD("too-old"),
    /** The position is not one of the topic as it is now. */
    UNKNOWN_POSITION("unknown-position");

    private final String word;

    Reason(String word) {
      this.word = word;
    }

    /** As listeners read it. */
    public String word() {
      return word;
    }
  }

  /** As it is sent. */
  byte[] block() {
    String data =
        JsonNodeFactory.instance
            .objectNode()
            .put("reason", reason.word())
            .put("detail", detail)
            .put("position", from.toString())
            .toString();
    return "id: %s\nevent: reset\ndata: %s\n\n"
        .formatted(from, data)
        .getBytes(StandardCharsets.UTF_8);
  }
}

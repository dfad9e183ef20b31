package io.faultline.server.lookout;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Optional;

/**
 * Some rows of a list.
 *
 * @param items in order
 * @param last where the page ends, while more may follow
 */
public record Page(List<ObjectNode> items, Optional<Keyset> last) {

  /** Copies the list. */
  public Page {
    items = List.copyOf(items);
  }

  record Row(Keyset place, ObjectNode json) {}

  static Page of(List<Row> rows, int limit) {
    Optional<Keyset> last =
        rows.size() < limit ? Optional.empty() : Optional.of(rows.get(rows.size() - 1).place());
    return new Page(rows.stream().map(Row::json).toList(), last);
  }
}

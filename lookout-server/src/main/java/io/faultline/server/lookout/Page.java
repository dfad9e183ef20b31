package io.faultline.server.lookout;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.mapper.RowMapper;

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

  /**
   * What a question finds.
   *
   * @param sql with the conditions in it; it ends in {@code limit :limit}
   */
  static Page of(Jdbi jdbi, String sql, Conditions conditions, int limit, RowMapper<Row> mapper) {
    List<Row> rows =
        jdbi.withHandle(
            handle ->
                conditions.bindTo(handle.createQuery(sql)).bind("limit", limit).map(mapper).list());
    Optional<Keyset> last =
        rows.size() < limit ? Optional.empty() : Optional.of(rows.get(rows.size() - 1).place());
    return new Page(rows.stream().map(Row::json).toList(), last);
  }
}

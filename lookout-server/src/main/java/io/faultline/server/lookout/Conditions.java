package io.faultline.server.lookout;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.statement.Query;

/** The conditions of a question: fixed SQL with bound values, never values in SQL. */
final class Conditions {

  private final List<String> conditions = new ArrayList<>();
  private final Map<String, Object> values = new LinkedHashMap<>();

  Conditions and(String condition) {
    conditions.add(condition);
    return this;
  }

  /** {@code condition} names the value as {@code :name}. */
  Conditions and(String condition, String name, Optional<?> value) {
    value.ifPresent(
        v -> {
          conditions.add(condition);
          values.put(name, v);
        });
    return this;
  }

  Conditions after(String columns, Optional<Keyset> place) {
    place.ifPresent(
        p -> {
          conditions.add("(" + columns + ") < (:afterAt, :afterId)");
          values.put("afterAt", p.at());
          values.put("afterId", p.id());
        });
    return this;
  }

  Conditions bind(String name, Object value) {
    values.put(name, value);
    return this;
  }

  String sql() {
    return conditions.isEmpty() ? "true" : String.join(" and ", conditions);
  }

  Query bindTo(Query query) {
    return query.bindMap(values);
  }
}

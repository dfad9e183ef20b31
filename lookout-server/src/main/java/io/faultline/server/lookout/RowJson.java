package io.faultline.server.lookout;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.Locale;

/** A row as a JSON object; columns that are NULL are left out. */
final class RowJson {

  private static final ObjectMapper MAPPER = new ObjectMapper();

  private final ResultSet row;
  private final ObjectNode json;

  RowJson(ResultSet row) {
    this(row, JsonNodeFactory.instance.objectNode());
  }

  /** Adds to an object. */
  RowJson(ResultSet row, ObjectNode json) {
    this.row = row;
    this.json = json;
  }

  RowJson text(String field, String column) throws SQLException {
    String value = row.getString(column);
    if (value != null && !value.isEmpty()) {
      json.put(field, value);
    }
    return this;
  }

  RowJson upperCase(String field, String column) throws SQLException {
    json.put(field, row.getString(column).toUpperCase(Locale.ROOT));
    return this;
  }

  RowJson number(String field, String column) throws SQLException {
    long value = row.getLong(column);
    if (!row.wasNull()) {
      json.put(field, value);
    }
    return this;
  }

  RowJson flag(String field, String column) throws SQLException {
    boolean value = row.getBoolean(column);
    if (!row.wasNull()) {
      json.put(field, value);
    }
    return this;
  }

  RowJson time(String field, String column) throws SQLException {
    Instant value = instant(row, column);
    if (value != null) {
      json.put(field, value.toString());
    }
    return this;
  }

  RowJson tree(String field, String column) throws SQLException {
    String value = row.getString(column);
    if (value != null) {
      json.set(field, parse(value));
    }
    return this;
  }

  /** The rule that decided; left out where none did. */
  RowJson rule() throws SQLException {
    int index = row.getInt("rule_index");
    if (!row.wasNull()) {
      json.putObject("rule").put("index", index).put("name", row.getString("rule_name"));
    }
    return this;
  }

  ObjectNode json() {
    return json;
  }

  static Instant instant(ResultSet row, String column) throws SQLException {
    Timestamp value = row.getTimestamp(column);
    return value == null ? null : value.toInstant();
  }

  static JsonNode parse(String text) {
    try {
      return MAPPER.readTree(text);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("JSONB is always JSON", e);
    }
  }
}

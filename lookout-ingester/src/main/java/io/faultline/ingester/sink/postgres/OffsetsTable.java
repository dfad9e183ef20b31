package io.faultline.ingester.sink.postgres;

import io.faultline.ingester.sink.Batch.Move;
import io.faultline.ingester.sink.SupersededException;
import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.apache.kafka.common.TopicPartition;

/**
 * {@code ingest_offsets}: the position of each partition, moved only from where the writer saw it.
 */
final class OffsetsTable {

  private static final Comparator<TopicPartition> ORDER =
      Comparator.comparing(TopicPartition::topic).thenComparingInt(TopicPartition::partition);

  private OffsetsTable() {}

  /** The positions of these partitions; a partition that was never read gets a row at 0. */
  static Map<TopicPartition, Long> read(
      Connection connection, Collection<TopicPartition> partitions) throws SQLException {
    List<TopicPartition> sorted = partitions.stream().sorted(ORDER).toList();
    execute(
        connection,
        """
        insert into lookout.ingest_offsets (topic, partition, next_offset)
        select topic, partition, 0 from unnest(?::text[], ?::int4[]) as p(topic, partition)
        on conflict do nothing""",
        column(connection, "text", sorted, TopicPartition::topic),
        column(connection, "int4", sorted, TopicPartition::partition));
    Map<TopicPartition, Long> positions = new HashMap<>();
    try (PreparedStatement statement =
        connection.prepareStatement(
            """
            select o.topic, o.partition, o.next_offset
            from lookout.ingest_offsets o
            join unnest(?::text[], ?::int4[]) as p(topic, partition) using (topic, partition)""")) {
      statement.setArray(1, column(connection, "text", sorted, TopicPartition::topic));
      statement.setArray(2, column(connection, "int4", sorted, TopicPartition::partition));
      try (ResultSet rows = statement.executeQuery()) {
        while (rows.next()) {
          positions.put(new TopicPartition(rows.getString(1), rows.getInt(2)), rows.getLong(3));
        }
      }
    }
    return positions;
  }

  /**
   * Moves all of them; holds their rows until the transaction ends, so that a second writer waits
   * here and then finds that it was superseded.
   */
  static void move(Connection connection, Map<TopicPartition, Move> moves)
      throws SQLException, SupersededException {
    List<TopicPartition> sorted = moves.keySet().stream().sorted(ORDER).toList();
    int moved =
        execute(
            connection,
            """
            update lookout.ingest_offsets o
            set next_offset = m.upto, updated_at = now()
            from unnest(?::text[], ?::int4[], ?::int8[], ?::int8[]) as m(topic, partition, since, upto)
            where o.topic = m.topic and o.partition = m.partition and o.next_offset = m.since""",
            column(connection, "text", sorted, TopicPartition::topic),
            column(connection, "int4", sorted, TopicPartition::partition),
            column(connection, "int8", sorted, p -> moves.get(p).from()),
            column(connection, "int8", sorted, p -> moves.get(p).to()));
    if (moved != moves.size()) {
      throw new SupersededException(
          (moves.size() - moved) + " of " + moves.size() + " positions were moved by another");
    }
  }

  private static int execute(Connection connection, String sql, Array... values)
      throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      for (int i = 0; i < values.length; i++) {
        statement.setArray(i + 1, values[i]);
      }
      return statement.executeUpdate();
    }
  }

  private static Array column(
      Connection connection,
      String type,
      List<TopicPartition> partitions,
      Function<TopicPartition, Object> value)
      throws SQLException {
    return connection.createArrayOf(type, partitions.stream().map(value).toArray());
  }
}

package io.faultline.ingester.sink.postgres;

import io.faultline.ingester.plan.BatchPlan;
import io.faultline.ingester.plan.Planned;
import io.faultline.ingester.plan.Row;
import io.faultline.ingester.sink.Batch;
import io.faultline.ingester.sink.Refusals;
import io.faultline.ingester.sink.Refusals.Refusal;
import io.faultline.ingester.sink.Sink;
import io.faultline.ingester.sink.SinkUnavailableException;
import io.faultline.ingester.sink.SupersededException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.kafka.common.TopicPartition;
import org.flywaydb.core.api.FlywayException;

/**
 * Schema {@code lookout} of a PostgreSQL database. A batch is one transaction: it moves the
 * positions by compare-and-set, which also keeps every other writer of these partitions out, then
 * writes each table in the order of keys, then hands over what was refused, then commits.
 */
public final class PostgresSink implements Sink {

  private static final List<Table<?>> TABLES =
      List.of(JobsTable.TABLE, RunsTable.TABLE, FailuresTable.TABLE, DecisionsTable.TABLE);

  private final PostgresAddress address;
  private final Map<String, Pace> paces = new HashMap<>();
  private final Work work = new Work();
  private boolean migrated;
  private Connection connection;
  private RowWriter writer;

  /** Connects when it is prepared. */
  public PostgresSink(PostgresAddress address) {
    this.address = address;
  }

  /** What it has done since it was made. */
  public Work work() {
    return work;
  }

  @Override
  public void prepare() throws SinkUnavailableException {
    if (connection != null) {
      return;
    }
    try {
      if (!migrated) {
        Migrations.run(address);
        migrated = true;
      }
      connection = address.connect();
      writer = new RowWriter(connection, new Progress(connection), paces, work);
      connection.setAutoCommit(false);
    } catch (SQLException e) {
      throw unavailable(e);
    } catch (FlywayException e) {
      throw new SinkUnavailableException("PostgreSQL: " + oneLine(e.getMessage()), e);
    }
  }

  @Override
  public Map<TopicPartition, Long> positions(Collection<TopicPartition> partitions)
      throws SinkUnavailableException {
    try {
      Map<TopicPartition, Long> positions = OffsetsTable.read(connected(), partitions);
      connection.commit();
      return positions;
    } catch (SQLException e) {
      throw unavailable(e);
    }
  }

  @Override
  public void write(Batch batch, Refusals refusals)
      throws SinkUnavailableException, SupersededException {
    BatchPlan plan = BatchPlan.of(batch.messages());
    try {
      connected();
      while (!committed(batch, plan, refusals)) {
        connection.rollback(); // one more table is written carefully now
      }
      work.batch();
    } catch (SQLException e) {
      throw unavailable(e);
    } finally {
      rollbackWhatIsOpen();
    }
  }

  private boolean committed(Batch batch, BatchPlan plan, Refusals refusals)
      throws SQLException, SupersededException {
    try {
      transaction(batch, plan, refusals);
      return true;
    } catch (RetryCarefullyException e) {
      return false;
    }
  }

  private void transaction(Batch batch, BatchPlan plan, Refusals refusals)
      throws SQLException, SupersededException, RetryCarefullyException {
    OffsetsTable.move(connection, batch.moves());
    Map<Integer, String> refused = new TreeMap<>();
    for (Table<?> table : TABLES) {
      write(table, plan, batch, refused);
    }
    if (!refused.isEmpty()) {
      List<Refusal> kept = new ArrayList<>();
      refused.forEach((message, reason) -> kept.add(new Refusal(message, reason)));
      refusals.keep(kept);
    }
    connection.commit();
  }

  private <R extends Row<R>> void write(
      Table<R> table, BatchPlan plan, Batch batch, Map<Integer, String> refused)
      throws SQLException, RetryCarefullyException {
    writer.write(
        table,
        table.planned().apply(plan),
        (row, reason) -> oneByOne(table, row, reason, batch, refused));
  }

  /**
   * A refused row may be merged from several messages of which one is at fault: each message's own
   * part is tried.
   */
  private <R extends Row<R>> void oneByOne(
      Table<R> table,
      Planned<R> row,
      SQLException reason,
      Batch batch,
      Map<Integer, String> refused)
      throws SQLException {
    if (row.messages().size() == 1) {
      work.refusedRow();
      refused.putIfAbsent(
          row.messages().get(0), table.name() + ": " + SqlFailure.inOneLine(reason));
      return;
    }
    List<Planned<R>> parts = new ArrayList<>();
    for (int message : row.messages()) {
      BatchPlan alone = BatchPlan.of(List.of(batch.messages().get(message)));
      for (Planned<R> part : table.planned().apply(alone)) {
        if (part.row().key().equals(row.row().key())) {
          parts.add(new Planned<>(part.row(), List.of(message)));
        }
      }
    }
    for (Planned<R> part : parts) {
      writer.writeCarefully(
          table, List.of(part), (p, why) -> oneByOne(table, p, why, batch, refused));
    }
  }

  @Override
  public boolean answers() {
    try {
      if (connection != null && connection.isValid(2)) {
        connection.rollback();
        return true;
      }
    } catch (SQLException e) {
      // it doesn't
    }
    disconnect();
    return false;
  }

  @Override
  public void close() {
    disconnect();
  }

  private Connection connected() throws SinkUnavailableException {
    if (connection == null) {
      prepare();
    }
    return connection;
  }

  private SinkUnavailableException unavailable(SQLException e) {
    disconnect();
    return new SinkUnavailableException("PostgreSQL: " + SqlFailure.inOneLine(e), e);
  }

  private void rollbackWhatIsOpen() {
    if (connection != null) {
      try {
        connection.rollback();
      } catch (SQLException e) {
        disconnect();
      }
    }
  }

  private void disconnect() {
    if (connection != null) {
      try {
        connection.close();
      } catch (SQLException e) {
        // it is gone either way
      }
      connection = null;
      writer = null;
    }
  }

  private static String oneLine(String text) {
    return text.replaceAll("\\s+", " ");
  }
}

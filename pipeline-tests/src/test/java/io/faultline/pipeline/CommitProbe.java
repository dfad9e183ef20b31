package io.faultline.pipeline;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListTransactionsOptions;
import org.apache.kafka.clients.admin.TransactionDescription;
import org.apache.kafka.clients.admin.TransactionListing;
import org.apache.kafka.clients.admin.TransactionState;

/** Whether a service that stands still does so inside a commit. */
@FunctionalInterface
interface CommitProbe {

  boolean insideCommit();

  /**
   * Of a topology: its transaction has the offsets already, which is the first thing that a commit
   * does, and it is not complete.
   *
   * @param prefix of its transactional ids
   */
  static CommitProbe ofTopology(Admin admin, String prefix) {
    ListTransactionsOptions open =
        new ListTransactionsOptions()
            .filterStates(
                Set.of(
                    TransactionState.ONGOING,
                    TransactionState.PREPARE_COMMIT,
                    TransactionState.PREPARE_ABORT));
    return () -> {
      try {
        List<String> ids =
            admin.listTransactions(open).all().get().stream()
                .map(TransactionListing::transactionalId)
                .filter(id -> id.startsWith(prefix))
                .toList();
        for (TransactionDescription found : admin.describeTransactions(ids).all().get().values()) {
          if (found.state() == TransactionState.PREPARE_COMMIT
              || found.topicPartitions().stream()
                  .anyMatch(p -> p.topic().equals("__consumer_offsets"))) {
            return true;
          }
        }
        return false;
      } catch (ExecutionException e) {
        return false; // it was over before it could be described
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return false;
      }
    };
  }

  /** Of a writer to PostgreSQL: another connection than ours is inside a transaction. */
  static CommitProbe ofWriter(String jdbcUrl) {
    return () -> {
      try (Connection connection = DriverManager.getConnection(jdbcUrl);
          PreparedStatement open =
              connection.prepareStatement(
                  """
                  select count(*) from pg_stat_activity
                  where datname = current_database() and pid <> pg_backend_pid()
                    and backend_type = 'client backend' and xact_start is not null
                  """);
          ResultSet result = open.executeQuery()) {
        return result.next() && result.getInt(1) > 0;
      } catch (SQLException e) {
        throw new IllegalStateException(e);
      }
    };
  }
}

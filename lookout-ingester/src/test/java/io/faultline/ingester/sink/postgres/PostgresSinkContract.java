package io.faultline.ingester.sink.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.faultline.domain.classify.ClassifiedError;
import io.faultline.domain.classify.FailureRates;
import io.faultline.domain.evidence.Evidence;
import io.faultline.domain.evidence.JobError;
import io.faultline.domain.job.JobEvent;
import io.faultline.domain.job.JobIdentity;
import io.faultline.ingester.Life;
import io.faultline.ingester.RefusedMessages;
import io.faultline.ingester.Tables;
import io.faultline.ingester.plan.Message;
import io.faultline.ingester.sink.Refusals.Refusal;
import io.faultline.ingester.sink.Sink;
import io.faultline.ingester.sink.SinkContract;
import io.faultline.ingester.sink.SinkUnavailableException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.Statement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

abstract class PostgresSinkContract extends SinkContract {

  private String url;

  /** An empty database of its own, with user and password in the address. */
  protected abstract String newDatabase();

  @Override
  protected Sink newSink() {
    url = newDatabase();
    return secondSink();
  }

  @Override
  protected Sink secondSink() {
    return new PostgresSink(new PostgresAddress(url, "", ""));
  }

  @Override
  protected Tables content() throws Exception {
    return Tables.read(url);
  }

  @Override
  protected Message refused() {
    return RefusedMessages.failure(1_000_001);
  }

  @Test
  void the_reason_names_the_table_and_what_postgresql_said() throws Exception {
    List<Refusal> refused = new ArrayList<>();

    sink().write(batch(0, List.of(refused())), refused::addAll);

    assertThat(refused)
        .singleElement()
        .extracting(Refusal::reason)
        .asString()
        .startsWith("failures: index row size ")
        .contains("[54000]");
  }

  @Test
  void times_beyond_postgresql_and_missing_ids_are_refused() throws Exception {
    List<Message> messages = messages(0, 10);
    Message.Failure far =
        failureOf(1_000_002, e -> withAt(e, Instant.parse("+290000-01-01T00:00:00Z")));
    messages.add(far);
    messages.add(failureOf(1_000_003, e -> withAt(e, Instant.MIN)));
    messages.add(failureOf(1_000_004, e -> withAt(e, Instant.MAX)));
    messages.add(failureOf(1_000_005, PostgresSinkContract::withoutJobId));
    int first = messages.size() - 3;
    List<Refusal> refused = new ArrayList<>();

    sink().write(batch(0, messages), refused::addAll);

    assertThat(refused).extracting(Refusal::message).containsExactly(first, first + 1, first + 2);
    Tables content = content();
    assertThat(content.failures().removeIf(l -> l.startsWith(far.error().error().errorId())))
        .isTrue();
    assertThat(content).isEqualTo(expected(0, 10));
  }

  @Test
  void only_the_message_at_fault_is_refused_of_those_that_make_one_row() throws Exception {
    Life life = Life.of(0);
    List<Message> messages = new ArrayList<>(life.messages());
    Message.Event first = (Message.Event) messages.get(0);
    JobIdentity job = first.event().job();
    messages.add(
        new Message.Event(
            new JobEvent(
                new JobIdentity(
                    job.jobId(), RefusedMessages.TOO_LONG_FOR_AN_INDEX, job.jobSet(), job.gangId()),
                null,
                "",
                "",
                "",
                first.event().at(),
                0,
                new JobEvent.Submitted("anna"))));
    List<Refusal> refused = new ArrayList<>();

    sink().write(batch(0, messages), refused::addAll);

    assertThat(refused).extracting(Refusal::message).containsExactly(messages.size() - 1);
    assertThat(content()).isEqualTo(life.expected());
  }

  @Test
  void nul_and_half_surrogates_are_stored_as_replacement_characters() throws Exception {
    String nasty = "a\0b\uD83Dc\uDE00d \\u0000 \uD83D\uDE00 <script>";
    Message message = failureOf(5, e -> withPodMessage(e, nasty));

    sink().write(batch(0, List.of(message)), NONE);

    assertThat(one("select evidence ->> 'podMessage' from lookout.failures"))
        .isEqualTo("a\uFFFDb\uFFFDc\uFFFDd \\u0000 \uD83D\uDE00 <script>");
  }

  @Test
  void rows_that_are_refused_in_each_table_at_once_take_no_other_with_them() throws Exception {
    for (String table : List.of("jobs", "runs", "failures", "decisions")) {
      execute(
          "alter table lookout."
              + table
              + " add check (job_id <> '"
              + Life.of(4).job().jobId()
              + "')");
    }
    List<Message> messages = messages(0, 10);
    List<Refusal> refused = new ArrayList<>();

    sink().write(batch(0, messages), refused::addAll);

    assertThat(refused)
        .extracting(r -> messages.get(r.message()))
        .containsExactlyElementsOf(Life.of(4).messages());
    assertThat(content()).isEqualTo(expected(0, 4).add(expected(5, 10)));
  }

  @Test
  void a_refused_row_in_two_thousand_costs_few_rows_more() throws Exception {
    List<Message> messages = new ArrayList<>();
    for (int i = 0; messages.size() < 8_000; i++) {
      messages.add(i % 2_000 == 999 ? refused(i) : RefusedMessages.someFailure(2_000_000 + i));
    }
    PostgresSink sink = (PostgresSink) sink();
    sink.write(batch(0, List.of(refused(-1))), r -> {});
    long rows = sink.work().rows();
    long statements = sink.work().statements();
    List<Refusal> refused = new ArrayList<>();

    sink.write(batch(1, messages), refused::addAll);

    assertThat(refused).hasSize(4);
    assertThat(sink.work().rows() - rows).isLessThan(2L * 8_000 + 4 * Pace.CAREFUL_ROWS);
    assertThat(sink.work().statements() - statements)
        .isLessThan(2 * 8_000 / Pace.CAREFUL_ROWS + 4 * 4);
  }

  @Test
  void after_a_while_without_refusals_a_batch_is_one_statement_a_table_again() throws Exception {
    PostgresSink sink = (PostgresSink) sink();
    sink.write(batch(0, List.of(refused())), r -> {});
    List<Message> many = messages(0, 2_000);
    long position = 1;
    for (int i = 0; i < 8; i++) {
      sink.write(batch(position, many), NONE);
      position += many.size();
    }
    long statements = sink.work().statements();

    sink.write(batch(position, many), NONE);

    assertThat(sink.work().statements() - statements).isEqualTo(4);
  }

  @Test
  void a_schema_that_is_not_ours_to_blame_rows_for_makes_the_sink_unavailable() throws Exception {
    sink().write(batch(0, messages(0, 1)), NONE);
    execute("alter table lookout.failures rename to elsewhere");

    assertThatThrownBy(() -> sink().write(batch(messages(0, 1).size(), messages(1, 20)), NONE))
        .isInstanceOf(SinkUnavailableException.class)
        .hasMessageContaining("42P01");
    execute("alter table lookout.elsewhere rename to failures");
    sink().write(batch(messages(0, 1).size(), messages(1, 20)), NONE);

    assertThat(content()).isEqualTo(expected(0, 20));
  }

  private static Message refused(int seed) {
    return RefusedMessages.failure(3_000_000 + seed);
  }

  /** A failure, changed; uncounted, so that the run's row has no part in it. */
  private static Message.Failure failureOf(long seed, UnaryOperator<JobError> change) {
    ClassifiedError error = RefusedMessages.someFailure(seed).error();
    return new Message.Failure(
        new ClassifiedError(
            change.apply(error.error()),
            error.classification(),
            error.categoriesName(),
            error.categoriesRevision(),
            false,
            error.counts(),
            FailureRates.UNKNOWN));
  }

  private static JobError withoutJobId(JobError e) {
    JobIdentity job = new JobIdentity("", e.job().queue(), e.job().jobSet(), null);
    return new JobError(
        e.errorId(),
        job,
        e.run(),
        e.executor(),
        e.cluster(),
        e.namespace(),
        e.podName(),
        e.at(),
        e.terminal(),
        e.evidence());
  }

  private static JobError withAt(JobError e, Instant at) {
    return new JobError(
        e.errorId(),
        e.job(),
        e.run(),
        e.executor(),
        e.cluster(),
        e.namespace(),
        e.podName(),
        at,
        e.terminal(),
        e.evidence());
  }

  private static JobError withPodMessage(JobError e, String message) {
    Evidence v = e.evidence();
    return new JobError(
        e.errorId(),
        e.job(),
        e.run(),
        e.executor(),
        e.cluster(),
        e.namespace(),
        e.podName(),
        e.at(),
        e.terminal(),
        new Evidence(
            v.kind(),
            v.internalCause(),
            v.podReason(),
            message,
            v.podPhase(),
            v.node(),
            v.containers(),
            v.events(),
            v.podError(),
            v.retryAfter()));
  }

  private String one(String sql) throws Exception {
    try (Connection connection = DriverManager.getConnection(url);
        Statement statement = connection.createStatement();
        ResultSet result = statement.executeQuery(sql)) {
      result.next();
      return result.getString(1);
    }
  }

  private void execute(String sql) throws Exception {
    try (Connection connection = DriverManager.getConnection(url);
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }
}

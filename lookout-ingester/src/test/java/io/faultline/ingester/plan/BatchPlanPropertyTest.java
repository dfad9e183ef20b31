package io.faultline.ingester.plan;

import static org.assertj.core.api.Assertions.assertThat;

import io.faultline.ingester.Life;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.function.Function;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;

class BatchPlanPropertyTest {

  @Property(tries = 300)
  void any_order_any_repeats_and_any_batches_give_the_same_rows(
      @ForAll @LongRange(min = 0, max = 1_000_000) long seed,
      @ForAll @IntRange(min = 1, max = 6) int lives,
      @ForAll @IntRange(min = 1, max = 40) int batchSize,
      @ForAll Random random) {
    List<Message> told = new ArrayList<>();
    for (int i = 0; i < lives; i++) {
      told.addAll(Life.of(seed + i).messages());
    }
    List<Message> mixed = new ArrayList<>(told);
    told.stream().filter(message -> random.nextInt(3) == 0).forEach(mixed::add);
    Collections.shuffle(mixed, random);

    assertThat(written(mixed, batchSize)).isEqualTo(written(told, told.size()));
  }

  @Property(tries = 100)
  void a_plan_has_one_row_a_key_in_the_order_of_keys(
      @ForAll @LongRange(min = 0, max = 1_000_000) long seed) {
    List<Message> messages = new ArrayList<>(Life.of(seed).messages());
    messages.addAll(Life.of(seed + 1).messages());
    messages.addAll(Life.of(seed).messages());

    BatchPlan plan = BatchPlan.of(messages);

    List<RowKey> runs = plan.runs().stream().map(planned -> planned.row().key()).toList();
    assertThat(runs).doesNotHaveDuplicates().isSorted();
    assertThat(plan.runs()).allSatisfy(run -> assertThat(run.messages()).isSorted().isNotEmpty());
  }

  /** The rows as a sink has them after these batches. */
  private static Map<String, Object> written(List<Message> messages, int batchSize) {
    Map<String, Object> tables = new TreeMap<>();
    for (int from = 0; from < messages.size(); from += batchSize) {
      BatchPlan plan =
          BatchPlan.of(messages.subList(from, Math.min(messages.size(), from + batchSize)));
      write(tables, "job ", plan, BatchPlan::jobs);
      write(tables, "run ", plan, BatchPlan::runs);
      write(tables, "failure ", plan, BatchPlan::failures);
      write(tables, "decision ", plan, BatchPlan::decisions);
    }
    return tables;
  }

  @SuppressWarnings("unchecked") // what stands under a table's key is that table's row
  private static <R extends Row<R>> void write(
      Map<String, Object> tables,
      String table,
      BatchPlan plan,
      Function<BatchPlan, List<Planned<R>>> rows) {
    rows.apply(plan)
        .forEach(
            planned ->
                tables.merge(
                    table + planned.row().key(),
                    planned.row(),
                    (there, more) -> ((R) there).merge((R) more)));
  }
}

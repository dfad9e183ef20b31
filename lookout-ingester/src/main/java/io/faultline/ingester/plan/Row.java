package io.faultline.ingester.plan;

/**
 * A part of a table's row, as one or more messages know it.
 *
 * <p>Merging is commutative, associative and idempotent, and the tables merge by the same rules
 * ({@code on conflict do update}): messages may come in any order, any number of times and in any
 * batches, and the rows come out the same.
 *
 * @param <R> the row's own type
 */
public interface Row<R extends Row<R>> {

  /** Which row it is; follows from the message alone. */
  RowKey key();

  /** What both know together; the other has the same key. */
  R merge(R other);
}

/**
 * The tables of schema {@code lookout}. {@link io.faultline.ingester.sink.postgres.PostgresSink} is
 * the way in; each table is a value that says its columns and how a row that is there is merged.
 */
package io.faultline.ingester.sink.postgres;

package io.faultline.ingester.plan;

import java.util.List;

/**
 * A row to write.
 *
 * @param row merged from all of the batch's messages about it
 * @param messages the places of these messages in the batch, ascending
 */
public record Planned<R extends Row<R>>(R row, List<Integer> messages) {}

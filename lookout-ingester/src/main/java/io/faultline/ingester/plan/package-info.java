/**
 * What messages mean for the tables, as pure functions: {@link io.faultline.ingester.plan.Message}
 * adds its parts to rows, {@link io.faultline.ingester.plan.Row} merges them, {@link
 * io.faultline.ingester.plan.BatchPlan} is the result. Nothing here knows Kafka or PostgreSQL.
 */
package io.faultline.ingester.plan;

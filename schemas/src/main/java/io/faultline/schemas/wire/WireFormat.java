package io.faultline.schemas.wire;

import java.util.function.Function;
import org.apache.avro.Schema;
import org.apache.avro.specific.SpecificRecord;

/**
 * One message's mapping in both directions.
 *
 * @param schema what we write, and what we read others' schemas into
 * @param toAvro from the domain
 * @param fromAvro to the domain; throws {@link UnknownWordException} for what only a newer version
 *     of this program understands
 * @param <V> the domain type
 * @param <R> the generated class
 */
public record WireFormat<V, R extends SpecificRecord>(
    Schema schema, Function<V, R> toAvro, Function<R, V> fromAvro) {}

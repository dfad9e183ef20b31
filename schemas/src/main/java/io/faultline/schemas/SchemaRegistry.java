package io.faultline.schemas;

import org.apache.avro.Schema;

/**
 * Gives schemas their ids and ids their schemas. Safe for use by several threads.
 *
 * <p>Both questions wait while the registry can't be reached or answers 5xx, with growing pauses,
 * until it answers, the thread is interrupted ({@link
 * org.apache.kafka.common.errors.InterruptException}) or this is closed ({@link
 * RegistryException}).
 */
public interface SchemaRegistry extends AutoCloseable {

  /**
   * The id of a schema under a subject; registers it where it is new.
   *
   * @throws RegistryException where the registry refuses: not allowed, not compatible with what is
   *     registered, not a schema
   */
  int register(String subject, Schema schema);

  /**
   * The schema with an id.
   *
   * @throws UnknownSchemaException where the registry says that there is none
   * @throws RegistryException where the registry refuses to answer
   */
  Schema byId(int id);

  /**
   * Says how a subject's schemas may change, for whoever registers the next one.
   *
   * @param level a word of the registry's, for example {@code BACKWARD_TRANSITIVE}
   * @throws RegistryException where the registry refuses
   */
  void setCompatibility(String subject, String level);

  /** How many times since the start the registry could not be reached; for a metric. */
  default long failedAttempts() {
    return 0;
  }

  /** Ends all waiting; nothing is asked after it. */
  @Override
  void close();
}

package io.faultline.schemas;

/** The registry has no schema with this id: whoever wrote it used another registry, or none. */
public final class UnknownSchemaException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  /** For an id as it stands in a record. */
  public UnknownSchemaException(int id) {
    super("the schema registry knows no schema with id " + id);
  }
}

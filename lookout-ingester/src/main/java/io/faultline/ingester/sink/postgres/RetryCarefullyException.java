package io.faultline.ingester.sink.postgres;

import java.sql.SQLException;

/** A row was refused in a transaction that has no savepoints: it is begun again, with some. */
final class RetryCarefullyException extends Exception {

  private static final long serialVersionUID = 1L;

  RetryCarefullyException(SQLException cause) {
    super("a row was refused", cause);
  }
}

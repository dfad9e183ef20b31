package io.faultline.ingester.sink.postgres;

import io.faultline.embedded.EmbeddedPostgres;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

/** The sink on the embedded PostgreSQL. */
class PostgresSinkIT extends PostgresSinkContract {

  private static EmbeddedPostgres postgres;

  @BeforeAll
  static void startPostgres() {
    postgres = EmbeddedPostgres.temporary();
  }

  @AfterAll
  static void stopPostgres() {
    postgres.close();
  }

  @Override
  protected String newDatabase() {
    return postgres.newDatabase();
  }
}

package io.faultline.ingester.sink.postgres;

import org.flywaydb.core.Flyway;

/** Brings schema {@code lookout} up to date; several ingesters may do this at once. */
final class Migrations {

  private Migrations() {}

  static void run(PostgresAddress address) {
    Flyway.configure(Migrations.class.getClassLoader())
        .dataSource(address.url(), nullIfEmpty(address.user()), nullIfEmpty(address.password()))
        .schemas("lookout")
        .table("schema_history")
        .locations("classpath:db/lookout")
        .load()
        .migrate();
  }

  private static String nullIfEmpty(String text) {
    return text.isEmpty() ? null : text;
  }
}

package io.faultline.server.control;

import java.time.Instant;
import java.util.Optional;
import org.jdbi.v3.core.Jdbi;

/** Tokens as hashes: what is kept here opens nothing. */
public final class TokenStore {

  private final Jdbi jdbi;

  public TokenStore(Jdbi jdbi) {
    this.jdbi = jdbi;
  }

  /**
   * Who a token belongs to.
   *
   * @param sha256 the hash of the token's UTF-8 bytes
   */
  public Optional<Owner> owner(byte[] sha256) {
    return jdbi.withHandle(
        handle ->
            handle
                .createQuery("select name, role from control.tokens where sha256 = :sha256")
                .bind("sha256", sha256)
                .map((row, context) -> new Owner(row.getString("name"), row.getString("role")))
                .findOne());
  }

  /** Keeps a token's hash; replaces the one of the same name. */
  public void keep(Owner owner, byte[] sha256, Instant at) {
    jdbi.useHandle(
        handle ->
            handle.execute(
                """
                insert into control.tokens (name, sha256, role, created_at) values (?, ?, ?, ?)
                on conflict (name) do update
                set sha256 = excluded.sha256, role = excluded.role, created_at = excluded.created_at
                """,
                owner.name(),
                sha256,
                owner.role(),
                at));
  }

  /**
   * Who calls.
   *
   * @param name of the user or service
   * @param role what it may do; {@code admin} may do everything
   */
  public record Owner(String name, String role) {}
}

package io.faultline.server.http;

import io.faultline.server.control.TokenStore;
import io.faultline.server.control.TokenStore.Owner;
import io.faultline.server.http.Problem.Kind;
import io.javalin.http.Context;
import java.security.MessageDigest;
import java.util.Optional;

/**
 * Says who calls. Tokens are compared as hashes, so that no time tells how much of one was right.
 */
public final class Authenticator {

  private static final String CALLER = "caller";
  private static final String SCHEME = "Bearer ";

  private final byte[] bootstrap;
  private final TokenStore tokens;

  /**
   * @param bootstrapToken a token that is always an admin's, also while PostgreSQL is away; empty
   *     for none
   * @param tokens the others
   */
  public Authenticator(String bootstrapToken, TokenStore tokens) {
    this.bootstrap = bootstrapToken.isEmpty() ? new byte[0] : Sha256.of(bootstrapToken);
    this.tokens = tokens;
  }

  /** Refuses a request without a valid token. */
  void check(Context context) {
    String header = context.header("Authorization");
    Optional<Owner> owner =
        header == null || !header.regionMatches(true, 0, SCHEME, 0, SCHEME.length())
            ? Optional.empty()
            : owner(header.substring(SCHEME.length()).trim());
    context.attribute(CALLER, owner.orElseThrow(() -> refused(header == null)));
  }

  /** Who calls; only after {@link #check}. */
  static Owner caller(Context context) {
    Owner owner = context.attribute(CALLER);
    if (owner == null) {
      throw new IllegalStateException("this route was not guarded: " + context.path());
    }
    return owner;
  }

  private Optional<Owner> owner(String token) {
    if (token.isEmpty()) {
      return Optional.empty();
    }
    byte[] hash = Sha256.of(token);
    if (MessageDigest.isEqual(hash, bootstrap)) {
      return Optional.of(new Owner("bootstrap", "admin"));
    }
    return tokens.owner(hash);
  }

  private static ProblemException refused(boolean absent) {
    return Problem.of(
            Kind.UNAUTHORIZED,
            absent
                ? "the header 'Authorization: Bearer TOKEN' is missing"
                : "the header 'Authorization' holds no valid token; allowed: Bearer TOKEN")
        .withHeader("WWW-Authenticate", "Bearer")
        .exception();
  }
}

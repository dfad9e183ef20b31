package io.faultline.server.http;

import io.faultline.server.access.AccessSettings;
import io.faultline.server.access.Caller;
import io.faultline.server.access.Sha256;
import io.faultline.server.control.TokenStore;
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
  private final AccessSettings access;
  private final TokenStore tokens;

  /**
   * @param bootstrapToken a token of who may do everything, also while PostgreSQL is away; empty
   *     for none
   * @param access users of the settings, and what groups may do
   * @param tokens of further admins
   */
  public Authenticator(String bootstrapToken, AccessSettings access, TokenStore tokens) {
    this.bootstrap = bootstrapToken.isEmpty() ? new byte[0] : Sha256.of(bootstrapToken);
    this.access = access;
    this.tokens = tokens;
  }

  /** Refuses a request without a valid token. */
  void check(Context context) {
    String header = context.header("Authorization");
    Optional<Caller> caller =
        header == null || !header.regionMatches(true, 0, SCHEME, 0, SCHEME.length())
            ? Optional.empty()
            : caller(header.substring(SCHEME.length()).trim());
    context.attribute(CALLER, caller.orElseThrow(() -> refused(header == null)));
  }

  /** Who calls; only after {@link #check}. */
  static Caller caller(Context context) {
    Caller caller = context.attribute(CALLER);
    if (caller == null) {
      throw new IllegalStateException("this route was not guarded: " + context.path());
    }
    return caller;
  }

  private Optional<Caller> caller(String token) {
    if (token.isEmpty()) {
      return Optional.empty();
    }
    byte[] hash = Sha256.of(token);
    if (MessageDigest.isEqual(hash, bootstrap)) {
      return Optional.of(Caller.admin(AccessSettings.BOOTSTRAP));
    }
    return access
        .users()
        .of(hash)
        .map(access.grants()::caller)
        .or(() -> tokens.owner(hash).map(owner -> Caller.admin(owner.name())));
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

package io.faultline.server.http;

import io.faultline.server.access.AccessSettings;
import io.faultline.server.access.Caller;
import io.faultline.server.access.Identity;
import io.faultline.server.access.OidcUsers;
import io.faultline.server.access.ProviderAwayException;
import io.faultline.server.access.Sha256;
import io.faultline.server.access.TokenRefusedException;
import io.faultline.server.control.TokenStore;
import io.faultline.server.http.Problem.Kind;
import io.javalin.http.Context;
import java.security.MessageDigest;
import java.time.Clock;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Says who calls. Tokens are compared as hashes, so that no time tells how much of one was right.
 */
public final class Authenticator implements AutoCloseable {

  private static final String CALLER = "caller";
  private static final String SCHEME = "Bearer ";

  private final byte[] bootstrap;
  private final AccessSettings access;
  private final TokenStore tokens;
  private final @Nullable OidcUsers provider;

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
    this.provider =
        access.oidc().given()
            ? new OidcUsers(access.oidc(), access::takes, Clock.systemUTC())
            : null;
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
    Optional<Identity> known = access.users().of(hash);
    if (known.isEmpty() && provider != null && OidcUsers.isJwt(token)) {
      known = Optional.of(ofProvider(token));
    }
    return known
        .map(access.grants()::caller)
        .or(() -> tokens.owner(hash).map(owner -> Caller.admin(owner.name())));
  }

  private Identity ofProvider(String token) {
    try {
      return provider.of(token);
    } catch (TokenRefusedException e) {
      throw refused("the token is refused: " + e.getMessage());
    } catch (ProviderAwayException e) {
      throw Problems.unavailable(e.getMessage()).exception();
    }
  }

  @Override
  public void close() {
    if (provider != null) {
      provider.close();
    }
  }

  private static ProblemException refused(boolean absent) {
    return refused(
        absent
            ? "the header 'Authorization: Bearer TOKEN' is missing"
            : "the header 'Authorization' holds no valid token; allowed: Bearer TOKEN");
  }

  private static ProblemException refused(String why) {
    return Problem.of(Kind.UNAUTHORIZED, why).withHeader("WWW-Authenticate", "Bearer").exception();
  }
}

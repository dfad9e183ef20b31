package io.faultline.server.access;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.proc.BadJOSEException;
import com.nimbusds.jose.proc.DefaultJOSEObjectTypeVerifier;
import com.nimbusds.jose.proc.JWSVerificationKeySelector;
import com.nimbusds.jose.proc.SecurityContext;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.proc.DefaultJWTClaimsVerifier;
import com.nimbusds.jwt.proc.DefaultJWTProcessor;
import java.text.ParseException;
import java.time.Clock;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;

/** Users of an identity provider, by the JWTs that it signed for them. */
public final class OidcUsers implements AutoCloseable {

  /** How far the provider's clock and ours may be apart. */
  static final int SKEW_SECONDS = 60;

  private static final int LONGEST_NAME = 256;

  /** Signatures that only the provider can make; a MAC's key would have to be known here. */
  private static final Set<JWSAlgorithm> ALGORITHMS =
      Set.of(
          JWSAlgorithm.RS256,
          JWSAlgorithm.RS384,
          JWSAlgorithm.RS512,
          JWSAlgorithm.PS256,
          JWSAlgorithm.PS384,
          JWSAlgorithm.PS512,
          JWSAlgorithm.ES256,
          JWSAlgorithm.ES384,
          JWSAlgorithm.ES512);

  private final OidcSettings settings;
  private final Predicate<String> taken;
  private final ProviderKeys keys;
  private final DefaultJWTProcessor<SecurityContext> processor = new DefaultJWTProcessor<>();

  /**
   * Asks the provider for nothing yet.
   *
   * @param taken whether a name is that of another user, whom none of the provider's may pass for
   */
  public OidcUsers(OidcSettings settings, Predicate<String> taken, Clock clock) {
    this.settings = settings;
    this.taken = taken;
    this.keys = new ProviderKeys(new ProviderDocuments(settings)::keys, clock);
    DefaultJWTClaimsVerifier<SecurityContext> claims =
        new DefaultJWTClaimsVerifier<>(
            // it asks for null, too, which immutable sets refuse
            new HashSet<>(settings.audiences()),
            new JWTClaimsSet.Builder().issuer(settings.issuer()).build(),
            Set.of("exp"),
            Set.of());
    claims.setMaxClockSkew(SKEW_SECONDS);
    processor.setJWTClaimsSetVerifier(claims);
    processor.setJWSKeySelector(new JWSVerificationKeySelector<>(ALGORITHMS, keys));
    processor.setJWSTypeVerifier(
        new DefaultJOSEObjectTypeVerifier<>(
            JOSEObjectType.JWT, new JOSEObjectType("at+jwt"), null));
  }

  /** Whether a token looks like a JWT: three parts with dots between, which no other token has. */
  public static boolean isJwt(String token) {
    return token.chars().filter(c -> c == '.').count() == 2;
  }

  /**
   * Who a JWT belongs to.
   *
   * @throws TokenRefusedException where it is not one that the provider made for us, or not now
   * @throws ProviderAwayException where that can't be known
   */
  public Identity of(String jwt) {
    try {
      JWTClaimsSet claims = processor.process(jwt, null);
      return new Identity(name(claims), groups(claims));
    } catch (ParseException | BadJOSEException e) {
      throw new TokenRefusedException(e.getMessage());
    } catch (JOSEException e) {
      throw new TokenRefusedException("its signature can't be checked: " + e.getMessage());
    }
  }

  private String name(JWTClaimsSet claims) {
    if (!(claims.getClaim(settings.userClaim()) instanceof String name)
        || name.isBlank()
        || name.length() > LONGEST_NAME
        || name.chars().anyMatch(Character::isISOControl)) {
      throw new TokenRefusedException(
          "its claim '" + settings.userClaim() + "' is not a name of 1 to 256 characters");
    }
    if (taken.test(name)) {
      throw new TokenRefusedException("the name '" + name + "' is that of a user of the settings");
    }
    return name;
  }

  private Set<String> groups(JWTClaimsSet claims) {
    Object claim = find(claims.getClaims(), settings.groupsClaim());
    Set<String> groups = new LinkedHashSet<>();
    for (Object group : claim instanceof Collection<?> list ? list : single(claim)) {
      if (!(group instanceof String text)) {
        throw new TokenRefusedException(
            "its claim '" + settings.groupsClaim() + "' is not a list of text");
      }
      groups.add(text);
    }
    return groups;
  }

  private static Set<Object> single(Object claim) {
    return claim == null ? Set.of() : Set.of(claim);
  }

  /** A claim by its name, or by the path that dots make through objects. */
  private static Object find(Map<?, ?> claims, String path) {
    int dot = path.indexOf('.');
    if (claims.containsKey(path) || dot < 0) {
      return claims.get(path);
    }
    return claims.get(path.substring(0, dot)) instanceof Map<?, ?> inner
        ? find(inner, path.substring(dot + 1))
        : null;
  }

  @Override
  public void close() {
    keys.close();
  }
}

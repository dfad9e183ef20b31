package io.faultline.server.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.PlainJWT;
import io.faultline.app.SettingsReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class OidcUsersTest {

  private static final RSAKey KEY = Issuer.rsa("first");

  private Issuer issuer;
  private OidcUsers users;

  @BeforeEach
  void start() throws IOException {
    issuer = new Issuer(KEY);
    users = users(Map.of());
  }

  @AfterEach
  void stop() {
    users.close();
    issuer.close();
  }

  private OidcUsers users(Map<String, String> more) {
    Map<String, String> settings = new HashMap<>(issuer.settings());
    settings.putAll(more);
    return new OidcUsers(
        OidcSettings.read(SettingsReader.of(settings)), "bob"::equals, Clock.systemUTC());
  }

  private String token(UnaryOperator<JWTClaimsSet.Builder> change) {
    return Issuer.sign(change.apply(issuer.claims("alice", "ops", "dev")), KEY);
  }

  @Test
  void a_token_of_the_provider_is_its_users() {
    assertThat(users.of(token(c -> c))).isEqualTo(new Identity("alice", Set.of("ops", "dev")));
  }

  @Test
  void keys_of_elliptic_curves_are_taken_too() {
    ECKey curve = Issuer.ec("curve");
    issuer.publishes(KEY, curve);
    assertThat(users.of(Issuer.sign(issuer.claims("alice"), curve)).name()).isEqualTo("alice");
  }

  @Test
  void the_claims_of_name_and_groups_are_settings_and_may_be_inside_others() {
    try (OidcUsers named =
        users(
            Map.of(
                "auth.oidc.userClaim", "email",
                "auth.oidc.groupsClaim", "realm_access.roles"))) {
      String token =
          token(
              c ->
                  c.claim("email", "alice@example.org")
                      .claim("realm_access", Map.of("roles", List.of("a", "b"))));
      assertThat(named.of(token)).isEqualTo(new Identity("alice@example.org", Set.of("a", "b")));
    }
  }

  @Test
  void a_token_without_groups_is_of_a_user_in_none() {
    assertThat(users.of(token(c -> c.claim("groups", null))).groups()).isEmpty();
  }

  @Test
  void clocks_may_differ_by_a_minute() {
    assertThat(users.of(token(c -> c.expirationTime(Issuer.in(-30)))).name()).isEqualTo("alice");
    assertThat(users.of(token(c -> c.notBeforeTime(Issuer.in(30)))).name()).isEqualTo("alice");
  }

  static Stream<Arguments> wrong() {
    return Stream.of(
        wrong("Expired JWT", c -> c.expirationTime(Issuer.in(-90))),
        wrong("JWT missing required claims: [exp]", c -> c.expirationTime(null)),
        wrong("JWT before use time", c -> c.notBeforeTime(Issuer.in(90))),
        wrong("aud", c -> c.audience("another")),
        wrong("aud", c -> c.audience((String) null)),
        wrong("iss", c -> c.issuer("http://127.0.0.1:1")),
        wrong("claim 'sub' is not a name", c -> c.subject(null)),
        wrong("claim 'sub' is not a name", c -> c.subject("a\nb")),
        wrong("claim 'groups' is not a list of text", c -> c.claim("groups", List.of(1))),
        wrong("'bob' is that of a user of the settings", c -> c.subject("bob")));
  }

  private static Arguments wrong(String why, UnaryOperator<JWTClaimsSet.Builder> change) {
    return Arguments.of(why, change);
  }

  @ParameterizedTest
  @MethodSource("wrong")
  void a_token_with_wrong_claims_is_refused(
      String why, UnaryOperator<JWTClaimsSet.Builder> change) {
    assertRefused(token(change), why);
  }

  @Test
  void a_signature_by_another_key_under_the_same_id_is_refused() {
    assertRefused(Issuer.sign(issuer.claims("alice"), Issuer.rsa("first")), "Invalid signature");
  }

  @Test
  void claims_that_were_changed_after_signing_are_refused() {
    String[] honest = token(c -> c).split("\\.");
    String[] other = token(c -> c.subject("root")).split("\\.");
    assertRefused(honest[0] + "." + other[1] + "." + honest[2], "Invalid signature");
  }

  @Test
  void a_token_without_a_signature_is_refused() {
    assertRefused(new PlainJWT(issuer.claims("alice").build()).serialize(), "Unsecured");
  }

  /** The public key is known to everybody: taken for a MAC's secret it would sign anything. */
  @Test
  void a_mac_with_the_public_key_is_refused() throws Exception {
    for (byte[] secret :
        List.of(
            KEY.toRSAPublicKey().getEncoded(),
            KEY.toPublicJWK().toJSONString().getBytes(StandardCharsets.UTF_8))) {
      assertRefused(
          Issuer.sign(issuer.claims("alice"), JWSAlgorithm.HS256, "first", new MACSigner(secret)),
          "no matching key");
    }
  }

  @Test
  void what_is_no_jwt_is_refused() {
    assertRefused("a.b.c", "");
    assertRefused("..", "");
    assertThat(OidcUsers.isJwt("a.b.c")).isTrue();
    assertThat(OidcUsers.isJwt("a-token-of-the-settings")).isFalse();
  }

  @Test
  void an_unknown_key_is_asked_for_at_once_but_not_for_every_token() {
    ECKey second = Issuer.ec("second");
    issuer.publishes(second);
    assertThat(users.of(Issuer.sign(issuer.claims("alice"), second)).name()).isEqualTo("alice");
    ECKey unknown = Issuer.ec("unknown");
    for (int i = 0; i < 20; i++) {
      assertRefused(Issuer.sign(issuer.claims("alice"), unknown), "no matching key");
    }
    assertThat(issuer.readings).hasValue(1);
  }

  @Test
  void while_the_provider_is_away_known_keys_go_on() {
    assertThat(users.of(token(c -> c)).name()).isEqualTo("alice");
    issuer.away(true);
    assertThat(users.of(token(c -> c)).name()).isEqualTo("alice");
  }

  @Test
  void a_provider_that_was_never_there_is_away_and_the_token_not_refused() {
    issuer.away(true);
    assertThatThrownBy(() -> users.of(token(c -> c))).isInstanceOf(ProviderAwayException.class);
    issuer.away(false);
    issuer.says("http://127.0.0.1:1");
    try (OidcUsers other = users(Map.of())) {
      assertThatThrownBy(() -> other.of(token(c -> c))).isInstanceOf(ProviderAwayException.class);
    }
    try (OidcUsers direct = users(Map.of("auth.oidc.jwksUri", issuer.url() + "/keys"))) {
      assertThat(direct.of(token(c -> c)).name()).isEqualTo("alice");
    }
  }

  private void assertRefused(String token, String why) {
    assertThatThrownBy(() -> users.of(token))
        .isInstanceOf(TokenRefusedException.class)
        .hasMessageContaining(why);
  }
}

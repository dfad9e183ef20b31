package io.faultline.server.access;

import io.faultline.app.SettingsException;
import io.faultline.app.SettingsReader;
import java.net.URI;
import java.util.Set;

/**
 * Which identity provider's tokens are taken.
 *
 * @param issuer the {@code iss} of its tokens; empty where there is no provider
 * @param audiences of which one must be among a token's {@code aud}
 * @param jwksUri where its keys are; empty: where its discovery document says
 * @param userClaim the claim that is the user's name
 * @param groupsClaim the claim that lists the user's groups; dots lead into objects
 */
public record OidcSettings(
    String issuer, Set<String> audiences, String jwksUri, String userClaim, String groupsClaim) {

  private static final String ISSUER = "auth.oidc.issuer";
  private static final String AUDIENCE = "auth.oidc.audience";
  private static final String JWKS = "auth.oidc.jwksUri";

  /** Checks that tokens can be judged by them. */
  public OidcSettings {
    audiences = Set.copyOf(audiences);
    if (issuer.isEmpty()) {
      if (!audiences.isEmpty() || !jwksUri.isEmpty()) {
        throw new SettingsException(
            "setting " + ISSUER + ": needed where other auth.oidc are given");
      }
    } else {
      checkAddress(ISSUER, issuer);
      if (audiences.isEmpty()) {
        // without one, a token that the provider made for any other service would be good here
        throw new SettingsException("setting " + AUDIENCE + ": needed with " + ISSUER);
      }
      if (!jwksUri.isEmpty()) {
        checkAddress(JWKS, jwksUri);
      }
    }
    if (userClaim.isEmpty() || groupsClaim.isEmpty()) {
      throw new SettingsException("setting auth.oidc: the name of a claim can't be empty");
    }
  }

  static OidcSettings read(SettingsReader reader) {
    return new OidcSettings(
        reader.text(ISSUER, ""),
        AccessSettings.words(AUDIENCE, reader.text(AUDIENCE, "")),
        reader.text(JWKS, ""),
        reader.text("auth.oidc.userClaim", "sub"),
        reader.text("auth.oidc.groupsClaim", "groups"));
  }

  /** Whether there is a provider. */
  public boolean given() {
    return !issuer.isEmpty();
  }

  /** Who can change the keys on the way can sign tokens. */
  private static void checkAddress(String key, String address) {
    try {
      URI uri = URI.create(address);
      String host = uri.getHost();
      boolean loopback = host != null && Set.of("127.0.0.1", "localhost", "[::1]").contains(host);
      if (host != null
          && ("https".equals(uri.getScheme()) || (loopback && "http".equals(uri.getScheme())))) {
        return;
      }
    } catch (IllegalArgumentException notAnAddress) {
      // said below
    }
    throw new SettingsException(
        "setting "
            + key
            + ": '"
            + address
            + "' is not an address with https (or http on loopback)");
  }
}

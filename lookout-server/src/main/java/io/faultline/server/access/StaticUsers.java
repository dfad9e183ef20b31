package io.faultline.server.access;

import io.faultline.app.SettingsException;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Users that stand in the settings, each with tokens of their own. Only hashes are kept. */
public final class StaticUsers {

  private final Map<String, Identity> byHash = new HashMap<>();

  /**
   * @throws SettingsException where two users have the same token
   */
  StaticUsers(List<User> users) {
    for (User user : users) {
      Identity identity = new Identity(user.name(), user.groups());
      for (String hash : user.tokenHashes()) {
        Identity other = byHash.putIfAbsent(hash, identity);
        if (other != null && !other.equals(identity)) {
          throw new SettingsException(
              "setting auth.users.%s: has the same token as auth.users.%s"
                  .formatted(user.name(), other.name()));
        }
      }
    }
  }

  /**
   * Who has a token.
   *
   * @param sha256 the hash of the token's UTF-8 bytes
   */
  public Optional<Identity> of(byte[] sha256) {
    return Optional.ofNullable(byHash.get(HexFormat.of().formatHex(sha256)));
  }

  /** Whether a user has this name. */
  boolean knows(String name) {
    return byHash.values().stream().anyMatch(user -> user.name().equals(name));
  }

  /** How many tokens there are. */
  int size() {
    return byHash.size();
  }

  /**
   * A user as settings say.
   *
   * @param tokenHashes lower-case hex of SHA-256, at least one
   */
  record User(String name, Set<String> groups, List<String> tokenHashes) {}
}

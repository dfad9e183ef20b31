package io.faultline.server.access;

import io.faultline.app.SettingsException;
import io.faultline.app.SettingsReader;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Who the users are and what their groups may do, as settings say.
 *
 * @param grants what groups may do
 * @param users those with tokens in the settings
 * @param oidc the identity provider that has others
 */
public record AccessSettings(Grants grants, StaticUsers users, OidcSettings oidc) {

  /** The name of who has the server's own token. */
  public static final String BOOTSTRAP = "bootstrap";

  private static final Logger LOG = LoggerFactory.getLogger(AccessSettings.class);
  private static final String MAPPING = "auth.permissionGroupMapping.";
  private static final String USERS = "auth.users.";
  private static final int SHORTEST_TOKEN = 16;

  /**
   * Reads them.
   *
   * @throws SettingsException where one can't be used, with its key
   */
  public static AccessSettings read(SettingsReader reader) {
    return new AccessSettings(
        grants(reader.below(MAPPING)),
        new StaticUsers(users(reader.below(USERS))),
        OidcSettings.read(reader));
  }

  private static Grants grants(Map<String, String> mapping) {
    Map<Permission, Set<String>> groupsOf = new EnumMap<>(Permission.class);
    mapping.forEach(
        (word, groups) -> {
          String key = MAPPING + word;
          if (Permission.WITHOUT_EFFECT.contains(word)) {
            LOG.atWarn()
                .setMessage("a permission is granted that has no effect here")
                .addKeyValue("setting", key)
                .log();
            return;
          }
          Permission permission = Permission.ofWord(word).orElseThrow(() -> unknown(key));
          groupsOf.computeIfAbsent(permission, p -> new HashSet<>()).addAll(words(key, groups));
        });
    return new Grants(groupsOf);
  }

  private static List<StaticUsers.User> users(Map<String, String> settings) {
    Map<String, Map<String, String>> byName = new TreeMap<>();
    settings.forEach(
        (key, value) -> {
          // a name may hold dots, as addresses do
          int dot = key.lastIndexOf('.');
          if (dot < 1) {
            throw new SettingsException(
                "setting "
                    + USERS
                    + key
                    + ": unknown; allowed are NAME.groups, NAME.token,"
                    + " NAME.tokenSha256");
          }
          byName
              .computeIfAbsent(key.substring(0, dot), name -> new TreeMap<>())
              .put(key.substring(dot + 1), value);
        });
    List<StaticUsers.User> users = new ArrayList<>();
    byName.forEach((name, of) -> users.add(user(name, of)));
    return users;
  }

  private static StaticUsers.User user(String name, Map<String, String> of) {
    String key = USERS + name;
    if (name.equals(BOOTSTRAP) || name.chars().anyMatch(Character::isISOControl)) {
      throw new SettingsException("setting " + key + ": this name is not allowed");
    }
    Set<String> more = new TreeSet<>(of.keySet());
    more.removeAll(Set.of("groups", "token", "tokenSha256"));
    if (!more.isEmpty()) {
      throw new SettingsException(
          "setting "
              + key
              + "."
              + more.iterator().next()
              + ": unknown; allowed are groups, token, tokenSha256");
    }
    List<String> hashes = new ArrayList<>();
    if (of.containsKey("token")) {
      String token = of.get("token").strip();
      if (token.length() < SHORTEST_TOKEN) {
        throw new SettingsException(
            "setting " + key + ".token: at least " + SHORTEST_TOKEN + " characters are needed");
      }
      hashes.add(Sha256.hex(token));
    }
    if (of.containsKey("tokenSha256")) {
      words(key + ".tokenSha256", of.get("tokenSha256"))
          .forEach(hash -> hashes.add(checked(key, hash)));
    }
    if (hashes.isEmpty()) {
      throw new SettingsException("setting " + key + ": one is needed of token, tokenSha256");
    }
    Set<String> groups =
        of.containsKey("groups") ? words(key + ".groups", of.get("groups")) : Set.of();
    return new StaticUsers.User(name, groups, hashes);
  }

  private static String checked(String key, String hash) {
    String lower = hash.toLowerCase(Locale.ROOT);
    if (!lower.matches("[0-9a-f]{64}")) {
      // what is written there may be a token by mistake
      throw new SettingsException(
          "setting " + key + ".tokenSha256: not a SHA-256 in hex, which has 64 digits");
    }
    return lower;
  }

  /** Words between commas, none empty; of a key without a value none at all. */
  static Set<String> words(String key, String value) {
    if (value.isBlank()) {
      return Set.of();
    }
    Set<String> words =
        Arrays.stream(value.split(",", -1))
            .map(String::strip)
            .collect(Collectors.toCollection(LinkedHashSet::new));
    if (words.contains("")) {
      throw new SettingsException("setting " + key + ": an empty word stands between commas");
    }
    return words;
  }

  /** Whether a name is that of a user who does not come from the identity provider. */
  public boolean takes(String name) {
    return name.equals(BOOTSTRAP) || users.knows(name);
  }

  private static SettingsException unknown(String key) {
    return new SettingsException(
        "setting "
            + key
            + ": unknown permission; allowed are "
            + Permission.allWords().collect(Collectors.joining(", ")));
  }

  /** Without secrets. */
  @Override
  public String toString() {
    return "AccessSettings[grants="
        + grants.groupsOf()
        + ", tokens="
        + users.size()
        + ", oidc="
        + oidc.issuer()
        + "]";
  }
}

package io.faultline.server.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.faultline.app.SettingsException;
import io.faultline.app.SettingsReader;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AccessSettingsTest {

  private static final String TOKEN = "a-token-of-alice-1";

  private static AccessSettings read(Map<String, String> values) {
    return AccessSettings.read(SettingsReader.of(values));
  }

  @Test
  void a_users_groups_say_what_they_may_do() {
    AccessSettings access =
        read(
            Map.of(
                "auth.users.alice@example.org.token", TOKEN,
                "auth.users.alice@example.org.groups", "dev, ops",
                "auth.permissionGroupMapping.create_retry_policy", "ops",
                "auth.permissionGroupMapping.update_retry_policy", "leads",
                "auth.permissionGroupMapping.read", "everyone"));
    Identity alice = access.users().of(Sha256.of(TOKEN)).orElseThrow();
    Caller caller = access.grants().caller(alice);
    assertThat(caller.name()).isEqualTo("alice@example.org");
    assertThat(caller.groups()).containsExactly("dev", "ops");
    assertThat(caller.permissions())
        .containsExactly(Permission.READ, Permission.CREATE_RETRY_POLICY);
  }

  @Test
  void without_a_mapping_a_user_may_do_nothing() {
    AccessSettings access = read(Map.of("auth.users.bob.token", TOKEN));
    Identity bob = access.users().of(Sha256.of(TOKEN)).orElseThrow();
    assertThat(access.grants().caller(bob).permissions()).isEmpty();
  }

  @Test
  void a_user_may_have_several_tokens_as_hashes_while_one_replaces_another() {
    String hashes = Sha256.hex("first") + "," + Sha256.hex("second").toUpperCase(Locale.ROOT);
    AccessSettings access = read(Map.of("auth.users.bob.tokenSha256", hashes));
    for (String token : List.of("first", "second")) {
      assertThat(access.users().of(Sha256.of(token))).map(Identity::name).contains("bob");
    }
    assertThat(access.users().of(Sha256.of("third"))).isEmpty();
  }

  @Test
  void armadas_words_are_taken_and_those_without_meaning_here_read_past() {
    AccessSettings access =
        read(
            Map.of(
                "auth.permissionGroupMapping.submit_any_jobs", "a",
                "auth.permissionGroupMapping.submit_jobs", "b",
                "auth.permissionGroupMapping.cancel_any_jobs", "a",
                "auth.permissionGroupMapping.watch_all_events", "a",
                "auth.permissionGroupMapping.update_executor_settings", "a",
                "auth.permissionGroupMapping.preempt_any_jobs", "a",
                "auth.permissionGroupMapping.execute_jobs", "a"));
    assertThat(access.grants().groupsOf().keySet())
        .containsExactlyInAnyOrder(
            Permission.SUBMIT_JOBS,
            Permission.CANCEL_JOBS,
            Permission.WATCH_ALL_EVENTS,
            Permission.CORDON_EXECUTOR);
    assertThat(access.grants().groupsOf().get(Permission.SUBMIT_JOBS))
        .containsExactlyInAnyOrder("a", "b");
  }

  @Test
  void neither_tokens_nor_hashes_are_shown() {
    SettingsReader reader =
        SettingsReader.of(
            Map.of(
                "auth.users.alice.token",
                TOKEN,
                "auth.users.bob.tokenSha256",
                Sha256.hex("another")));
    assertThat(AccessSettings.read(reader).toString() + reader.shown())
        .doesNotContain(TOKEN)
        .doesNotContain(Sha256.hex(TOKEN))
        .doesNotContain(Sha256.hex("another"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "auth.permissionGroupMapping.create_policy | ops | unknown permission; allowed are read, watch",
        "auth.permissionGroupMapping.read | a,,b | an empty word stands between commas",
        "auth.users.bob.token | short | at least 16 characters are needed",
        "auth.users.bob.tokenSha256 | a-token-by-mistake | not a SHA-256 in hex",
        "auth.users.bob.groups | ops | one is needed of token, tokenSha256",
        "auth.users.bob.password | x | unknown; allowed are groups, token, tokenSha256",
        "auth.users.bob | x | unknown; allowed are NAME.groups",
        "auth.oidc.issuer | https://id.example.org | setting auth.oidc.audience: needed with auth.oidc.issuer",
        "auth.oidc.issuer | http://id.example.org | not an address with https",
        "auth.oidc.issuer | id.example.org | not an address with https",
        "auth.oidc.audience | faultline | setting auth.oidc.issuer: needed",
        "auth.oidc.jwksUri | https://id.example.org/keys | setting auth.oidc.issuer: needed",
        "auth.oidc.groupsClaim | '' | the name of a claim can't be empty",
        "auth.users.bootstrap.token | a-token-of-length-23 | this name is not allowed",
      })
  void what_can_not_be_used_is_refused_by_its_key(String key, String value, String problem) {
    assertThatThrownBy(() -> read(Map.of(key, value)))
        .isInstanceOf(SettingsException.class)
        .hasMessageContaining(key.replaceAll("(users[.]bob|users[.]bootstrap|oidc)[.].*", "$1"))
        .hasMessageContaining(problem)
        .hasMessageNotContaining("by-mistake");
  }

  @Test
  void two_users_with_one_token_are_refused() {
    assertThatThrownBy(
            () ->
                read(
                    Map.of(
                        "auth.users.alice.token",
                        TOKEN,
                        "auth.users.bob.tokenSha256",
                        Sha256.hex(TOKEN))))
        .isInstanceOf(SettingsException.class)
        .hasMessageContaining("auth.users.bob: has the same token as auth.users.alice");
  }
}

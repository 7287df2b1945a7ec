package dev.roster.check.replay;

import static org.assertj.core.api.Assertions.assertThat;

import dev.roster.check.Api;
import dev.roster.check.Setting;
import java.util.Map;
import org.junit.jupiter.api.Test;

class TargetTest {

  private static Target target(Map<String, String> environment) {
    return new Target(Api.AZURE_BATCH, "http://localhost:1", environment, null);
  }

  @Test
  void credentialsAndWhatTestsKeepSecretAreMasked() {
    Target target =
        target(
            Map.of(
                "CHECK_AZURE_BATCH_BEARER", "eyJhbGciOi.token",
                "CHECK_AZURE_BATCH_KEY", "a2V5IG9mIG1pbmU="));
    target.keepSecret("0123456789abcdef");

    assertThat(
            target.mask(
                "Bearer eyJhbGciOi.token, key a2V5IG9mIG1pbmU=, session 0123456789abcdef, pool p"))
        .isEqualTo("Bearer ***, key ***, session ***, pool p");
  }

  @Test
  void membersThatHoldSecretsAreMaskedWhateverTheirLength() {
    assertThat(
            target(Map.of())
                .mask("{\"password\": \"a\\\"b\", \"session_token\":\"x\", \"name\": \"admin\"}"))
        .isEqualTo("{\"password\": \"***\", \"session_token\":\"***\", \"name\": \"admin\"}");
  }

  @Test
  void shortSecretsLeaveOtherWordsAlone() {
    Target target = target(Map.of("CHECK_NIMBLE_PASSWORD", "admin"));

    assertThat(target.mask("administrator")).isEqualTo("administrator");
  }

  @Test
  void settingsAreThoseOfTheEnvironmentElseOfTheSampleWorld() {
    Target target =
        target(Map.of("CHECK_AZURE_BATCH_POOL", "mine", "CHECK_AZURE_BATCH_ACCOUNT", ""));

    assertThat(target.setting(Setting.BATCH_POOL)).contains("mine");
    assertThat(target.setting(Setting.BATCH_ACCOUNT)).contains("devbatch");
    assertThat(target.setting(Setting.BATCH_NODE)).isEmpty();
    assertThat(target.isAnySet(Setting.BATCH_ACCOUNT, Setting.BATCH_KEY)).isFalse();
    assertThat(target.isAnySet(Setting.BATCH_POOL)).isTrue();
  }
}

package dev.roster.server.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.smallrye.config.EnvConfigSource;
import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfig;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class EnvironmentVariablesTest {

  private static final String KEY = "bXkga2V5";

  private static SmallRyeConfig environment(Map<String, String> variables) {
    return new SmallRyeConfigBuilder()
        .addDefaultInterceptors()
        .addDiscoveredConverters()
        .withProfile("prod")
        .withDefaultValue("user.home", "/nowhere")
        .withMapping(RosterConfig.class)
        .withSources(new EnvConfigSource(variables, 300))
        .build();
  }

  private static void check(SmallRyeConfig config) {
    EnvironmentVariables.check(config, Choices.properties());
  }

  static Stream<String> properties() {
    return EnvironmentVariables.fixedProperties().stream().sorted();
  }

  @Test
  void allPropertiesAreLookedAt() {
    assertThat(EnvironmentVariables.fixedProperties())
        .contains("roster.http.port", "roster.batch.node.starting", "roster.pack.sync.duration")
        .hasSizeGreaterThan(50);
  }

  @ParameterizedTest
  @MethodSource("properties")
  void variableSetsTheProperty(String property) {
    String value = property.endsWith("enabled") ? "false" : "17";
    SmallRyeConfig config =
        new SmallRyeConfigBuilder()
            .addDefaultInterceptors()
            .withSources(new EnvConfigSource(Map.of(EnvironmentForm.of(property), value), 300))
            .build();

    assertThatCode(() -> check(config)).doesNotThrowAnyException();
    assertThat(config.getOptionalValue(property, String.class)).contains(value);
  }

  @ParameterizedTest
  @MethodSource("properties")
  void variableWithALetterTooManyIsRefused(String property) {
    String variable = EnvironmentForm.of(property) + "X";

    assertThatThrownBy(() -> check(environment(Map.of(variable, "1"))))
        .isInstanceOf(StartupException.class)
        .hasMessageStartingWith("there is no variable " + variable + "; the nearest is ROSTER_");
  }

  static Stream<String> choices() {
    return Choices.properties().stream().sorted();
  }

  @ParameterizedTest
  @MethodSource("choices")
  void variableSwitchesTheRule(String property) {
    SmallRyeConfig config = environment(Map.of(EnvironmentForm.of(property), "no such variant"));

    assertThatCode(() -> check(config)).doesNotThrowAnyException();
    assertThatThrownBy(() -> Choices.check(config))
        .isInstanceOf(StartupException.class)
        .hasMessageStartingWith(property + "=no such variant is not one of [");
  }

  @Test
  void variableChoosesAVariant() {
    SmallRyeConfig config =
        environment(Map.of("ROSTER_CHOICES_BATCH_COMMON_EXPIRED_USERS", "purge"));

    assertThatCode(() -> check(config)).doesNotThrowAnyException();
    assertThatCode(() -> Choices.check(config)).doesNotThrowAnyException();
    assertThat(new Choices(config).is("batch.common.expired-users", "purge")).isTrue();
  }

  @Test
  void variableAddsAnAccount() {
    SmallRyeConfig config = environment(Map.of("ROSTER_BATCH_ACCOUNTS_MYACCOUNT", KEY));

    assertThatCode(() -> check(config)).doesNotThrowAnyException();
    assertThat(config.getConfigMapping(RosterConfig.class).batch().accounts())
        .containsEntry("myaccount", KEY);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "ROSTER_HTTPPORT | there is no variable ROSTER_HTTPPORT; the nearest is ROSTER_HTTP_PORT.",
        "ROSTER_BATCH_NODE_STARTIN | there is no variable ROSTER_BATCH_NODE_STARTIN; the nearest is"
            + " ROSTER_BATCH_NODE_STARTING.",
        "ROSTER_BATCH_ACCOUNTS_ | there is no variable ROSTER_BATCH_ACCOUNTS_; the README lists the"
            + " properties.",
        "ROSTER_CHOICES_BATCH_COMMON_EXPIRED | there is no variable"
            + " ROSTER_CHOICES_BATCH_COMMON_EXPIRED; the README lists the properties.",
        "ROSTER_SOMETHING_ELSE | there is no variable ROSTER_SOMETHING_ELSE; the README lists the"
            + " properties."
      })
  void variableWithoutAPropertyIsRefused(String variable, String line) {
    assertThatThrownBy(() -> check(environment(Map.of(variable, "1"))))
        .isInstanceOf(StartupException.class)
        .hasMessage(line);
  }

  @Test
  void allVariablesWithoutAPropertyAreNamedAtOnce() {
    assertThatThrownBy(
            () -> check(environment(Map.of("ROSTER_ONE_THING", "1", "ROSTER_OTHER_THING", "1"))))
        .hasMessageContainingAll("ROSTER_ONE_THING", "ROSTER_OTHER_THING");
  }

  @Test
  void variablesOfOthersDoNotMatter() {
    assertThatCode(() -> check(environment(Map.of("ROSTERS", "1", "PATH", "/bin"))))
        .doesNotThrowAnyException();
  }

  /** Dots and dashes count in a file. */
  @Test
  void propertyOfAFileHasToHaveTheExactNameOfTheRule() {
    SmallRyeConfig config =
        new SmallRyeConfigBuilder()
            .addDefaultInterceptors()
            .withSources(
                new PropertiesConfigSource(
                    Map.of("roster.choices.batch.common.expired.users", "purge"), "test", 260))
            .build();

    assertThatThrownBy(() -> Choices.check(config))
        .isInstanceOf(StartupException.class)
        .hasMessage(
            "roster.choices.batch.common.expired.users names no switchable rule; the contracts list"
                + " them under x-rules.");
  }
}

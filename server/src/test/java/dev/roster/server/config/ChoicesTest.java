package dev.roster.server.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfig;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ChoicesTest {

  private static final String RULE = "batch.common.unknown-members";

  @Test
  void firstVariantHoldsWithoutChoice() {
    Choices choices = new Choices(config(Map.of()));

    assertThat(choices.is(RULE, "ignore")).isTrue();
    assertThat(choices.is(RULE, "refuse")).isFalse();
  }

  @Test
  void chosenVariantHolds() {
    Choices choices = new Choices(config(Map.of("roster.choices." + RULE, "refuse")));

    assertThat(choices.is(RULE, "refuse")).isTrue();
    assertThat(choices.is(RULE, "ignore")).isFalse();
  }

  @Test
  void ruleWithoutVariantsCannotBeAskedFor() {
    Choices choices = new Choices(config(Map.of()));

    assertThatThrownBy(() -> choices.is("batch.common.check-order", "ignore"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("No contract has a switchable rule batch.common.check-order");
  }

  @Test
  void knownChoicesPassTheStart() {
    SmallRyeConfig config = config(Map.of("roster.choices." + RULE, "refuse", "other", "x"));

    assertThatCode(() -> Choices.check(config)).doesNotThrowAnyException();
  }

  @Test
  void unknownRuleEndsTheStart() {
    SmallRyeConfig config = config(Map.of("roster.choices.batch.common.unknown-member", "ignore"));

    assertThatThrownBy(() -> Choices.check(config))
        .isInstanceOf(StartupException.class)
        .hasMessage(
            "roster.choices.batch.common.unknown-member names no switchable rule;"
                + " the contracts list them under x-rules.");
  }

  @Test
  void ruleWithoutVariantsEndsTheStart() {
    SmallRyeConfig config = config(Map.of("roster.choices.batch.common.check-order", "any"));

    assertThatThrownBy(() -> Choices.check(config))
        .isInstanceOf(StartupException.class)
        .hasMessageStartingWith("roster.choices.batch.common.check-order names no switchable rule");
  }

  @Test
  void unknownVariantEndsTheStart() {
    SmallRyeConfig config = config(Map.of("roster.choices." + RULE, "reject"));

    assertThatThrownBy(() -> Choices.check(config))
        .isInstanceOf(StartupException.class)
        .hasMessage(
            "roster.choices.batch.common.unknown-members=reject is not one of [ignore, refuse].");
  }

  private static SmallRyeConfig config(Map<String, String> properties) {
    return new SmallRyeConfigBuilder()
        .withSources(new PropertiesConfigSource(properties, "test", 100))
        .build();
  }
}

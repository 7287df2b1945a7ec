package dev.roster.check;

import static org.assertj.core.api.Assertions.assertThat;

import dev.roster.check.ContractIndex.Rule;
import dev.roster.check.replay.Behaviour;
import dev.roster.check.replay.Replay;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class SuitesTest {

  /** What the project decided by itself, a real service may well do otherwise. */
  @ParameterizedTest
  @EnumSource
  void everyBehaviourHasASource(Api api) {
    assertThat(behaviours(api, Optional.empty()))
        .allSatisfy(
            behaviour ->
                assertThat(behaviour.rules())
                    .as(behaviour.test())
                    .isNotEmpty()
                    .extracting(Rule::evidence)
                    .isSubsetOf("page", "recorded", "client"));
  }

  @ParameterizedTest
  @CsvSource({"azure-batch, 72", "azure-api-management, 112", "nimble, 75", "azure-pack, 45"})
  void suitesKeepTheirTests(String id, int least) {
    assertThat(behaviours(Api.named(id), Optional.empty())).hasSizeGreaterThanOrEqualTo(least);
  }

  @Test
  void filterFindsRulesSentencesAndTestsWhateverTheirCase() {
    assertThat(tests(Optional.of("nimble.delete-token.ENDED")))
        .containsExactly("SessionBehaviours.logOutEndsTheSessionAndIsNoted");
    assertThat(tests(Optional.of("is taken for its text")))
        .containsExactly("SessionBehaviours.aNumberIsTakenForTheNameOfAProgram");
    assertThat(tests(Optional.of("sessionbehaviours.astaletoken")))
        .containsExactly("SessionBehaviours.aStaleTokenDoesNotHinderALogIn");
    assertThat(tests(Optional.of("no such text"))).isEmpty();
  }

  private static List<String> tests(Optional<String> filter) {
    return behaviours(Api.NIMBLE, filter).stream().map(Behaviour::test).toList();
  }

  private static List<Behaviour> behaviours(Api api, Optional<String> filter) {
    return new Replay(api.suite(), ContractIndex.of(api), filter).behaviours();
  }
}

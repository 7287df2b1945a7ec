package dev.roster.server.nimble;

import static org.assertj.core.api.Assertions.assertThat;

import dev.roster.testing.Answer;
import dev.roster.testing.Covers;
import dev.roster.testing.DatabaseTestResource;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Operations of the real service that callers meet around the users. */
@QuarkusTest
@WithTestResource(DatabaseTestResource.class)
class AbsentOperationsTest {

  private static final String ABSENT =
      "Roster does not have this operation; see README, 'What is covered'.";

  @Inject NimbleWorld world;

  @ParameterizedTest
  @CsvSource({
    "GET, /v1/user_policies/detail, 404, SM_no_path_found",
    "GET, /v1/user_groups, 404, SM_no_path_found",
    "POST, /v1/user_groups, 404, SM_no_path_found",
    "GET, /v1/groups/detail, 404, SM_no_path_found",
    "GET, /v1/volumes, 404, SM_no_path_found"
  })
  @Covers("nimble.common.absent-operation")
  void errorSaysThatRosterLacksTheOperation(String method, String path, int status, String code) {
    Answer answer = world.call(world.administrator(), method, path).send();

    assertThat(answer.status()).as(answer.text()).isEqualTo(status);
    assertThat(answer.text()).contains(code).contains(ABSENT);
  }

  @ParameterizedTest
  @CsvSource({"GET, /v1/nonsense", "DELETE, /v1/users"})
  @Covers("nimble.common.absent-operation")
  void otherErrorsDoNot(String method, String path) {
    assertThat(world.call(world.administrator(), method, path).send().text())
        .doesNotContain("Roster");
  }
}

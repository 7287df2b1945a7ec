package dev.roster.server.azurepack;

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

  @Inject PackPorts world;

  @ParameterizedTest
  @CsvSource({
    "GET, /plans, 404, ResourceNotFound",
    "POST, /plans, 404, ResourceNotFound",
    "GET, /subscriptions, 404, ResourceNotFound",
    "POST, /subscriptions, 404, ResourceNotFound",
    "GET, /subscriptions/s/quota, 404, ResourceNotFound"
  })
  @Covers("pack.common.absent-operation")
  void errorSaysThatRosterLacksTheOperation(String method, String path, int status, String code) {
    Answer answer = world.call(PackPorts.ADMIN, method, path).send();

    assertThat(answer.status()).as(answer.text()).isEqualTo(status);
    assertThat(answer.text()).contains(code).contains(ABSENT);
  }

  @ParameterizedTest
  @CsvSource({"GET, /nonsense", "GET, /users/nobody", "DELETE, /users"})
  @Covers("pack.common.absent-operation")
  void otherErrorsDoNot(String method, String path) {
    assertThat(world.call(PackPorts.ADMIN, method, path).send().text()).doesNotContain("Roster");
  }
}

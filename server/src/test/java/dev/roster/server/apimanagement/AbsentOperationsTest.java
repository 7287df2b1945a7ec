package dev.roster.server.apimanagement;

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

  @Inject ApiManagementWorld world;

  @ParameterizedTest
  @CsvSource({
    "GET, /subscriptions, 404, InvalidResourceType",
    "PUT, /subscriptions/s, 404, InvalidResourceType",
    "POST, /subscriptions/s/listSecrets, 404, InvalidResourceType",
    "POST, /subscriptions/s/regeneratePrimaryKey, 404, InvalidResourceType",
    "GET, /products, 404, InvalidResourceType",
    "PUT, /products/p/groups/g, 404, InvalidResourceType"
  })
  @Covers("apim.common.absent-operation")
  void errorSaysThatRosterLacksTheOperation(String method, String path, int status, String code) {
    Answer answer = world.call(method, world.newService().path() + path).send();

    assertThat(answer.status()).as(answer.text()).isEqualTo(status);
    assertThat(answer.text()).contains(code).contains(ABSENT);
  }

  @ParameterizedTest
  @CsvSource({"GET, /nonsense", "POST, /users"})
  @Covers("apim.common.absent-operation")
  void otherErrorsDoNot(String method, String path) {
    assertThat(world.call(method, world.newService().path() + path).send().text())
        .doesNotContain("Roster");
  }
}

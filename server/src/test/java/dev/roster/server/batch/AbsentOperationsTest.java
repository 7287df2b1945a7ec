package dev.roster.server.batch;

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

  @Inject BatchWorld world;

  @ParameterizedTest
  @CsvSource({
    "POST, /pools/p/removenodes, 400, InvalidUri",
    "POST, /pools/p/resize, 400, InvalidUri",
    "PATCH, /pools/p, 405, UnsupportedHttpVerb",
    "GET, /supportedimages, 400, InvalidUri",
    "GET, /nodecounts, 400, InvalidUri",
    "GET, /jobs, 400, InvalidUri"
  })
  @Covers("batch.common.absent-operation")
  void errorSaysThatRosterLacksTheOperation(String method, String path, int status, String code) {
    Answer answer = world.call(method, path).send();

    assertThat(answer.status()).as(answer.text()).isEqualTo(status);
    assertThat(answer.text()).contains(code).contains(ABSENT);
  }

  @ParameterizedTest
  @CsvSource({"GET, /pools/p/nonsense", "DELETE, /pools"})
  @Covers("batch.common.absent-operation")
  void otherErrorsDoNot(String method, String path) {
    assertThat(world.call(method, path).send().text()).doesNotContain("Roster");
  }
}

package dev.roster.server.azurepack;

import static dev.roster.server.azurepack.PackErrorAssert.assertError;
import static dev.roster.server.azurepack.PackWorld.USERS;
import static dev.roster.server.azurepack.PackWorld.body;
import static dev.roster.server.azurepack.PackWorld.newName;
import static dev.roster.server.azurepack.PackWorld.user;
import static org.assertj.core.api.Assertions.assertThat;

import dev.roster.testing.Answer;
import dev.roster.testing.Call;
import dev.roster.testing.Covers;
import dev.roster.testing.DatabaseTestResource;
import dev.roster.testing.Together;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Locale;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.RepeatedTest;

@QuarkusTest
@WithTestResource(DatabaseTestResource.class)
class ConcurrentUsersTest {

  private static final int CALLERS = 16;

  @Inject PackWorld world;
  @Inject StoredUsers stored;

  private static List<Answer> together(IntFunction<Call> call) {
    return Together.send(IntStream.range(0, CALLERS).mapToObj(call).toList());
  }

  private static List<Answer> withStatus(List<Answer> answers, int status) {
    return answers.stream().filter(answer -> answer.status() == status).toList();
  }

  private Call put(String name, int caller) {
    return world.call(
        "PUT",
        user(name),
        "{\"Name\": \"%s\", \"Email\": \"%d@example.test\", \"State\": %d}"
            .formatted(name, caller, caller % 3));
  }

  @RepeatedTest(3)
  @Covers({
    "pack.create-user.concurrent",
    "pack.create-user.duplicate",
    "pack.common.no-server-errors"
  })
  void ofCreationsOfOneNameOneSucceeds() {
    String name = newName();
    int before = stored.count();
    List<String> spellings = List.of(name, name.toUpperCase(Locale.ROOT));

    List<Answer> answers =
        together(
            i ->
                world.call(
                    "POST",
                    USERS,
                    "{\"Name\": \"%s\", \"Email\": \"%d@example.test\"}"
                        .formatted(spellings.get(i % 2), i)));

    assertThat(withStatus(answers, 201)).hasSize(1);
    for (int i = 0; i < CALLERS; i++) {
      if (answers.get(i).status() != 201) {
        assertError(
            answers.get(i),
            409,
            "ResourceAlreadyExists",
            "The user '%s' already exists.".formatted(spellings.get(i % 2)));
      }
    }
    assertThat(world.read(name)).isEqualTo(withStatus(answers, 201).get(0).json());
    assertThat(stored.count()).isEqualTo(before + 1);
  }

  @RepeatedTest(3)
  @Covers({"pack.create-user.concurrent", "pack.common.no-server-errors"})
  void creationsOfSeveralNamesAllSucceed() {
    List<String> names = IntStream.range(0, CALLERS).mapToObj(i -> newName()).toList();

    List<Answer> answers = together(i -> world.call("POST", USERS, body(names.get(i))));

    assertThat(answers).extracting(Answer::status).containsOnly(201);
    for (int i = 0; i < CALLERS; i++) {
      assertThat(world.read(names.get(i))).isEqualTo(answers.get(i).json());
    }
  }

  @RepeatedTest(3)
  @Covers({"pack.update-user.concurrent", "pack.common.no-server-errors"})
  void updatesOfOneUserAllSucceedAndOneOfThemIsTheLast() {
    String name = world.newUser();

    List<Answer> answers = together(i -> put(name, i));

    for (int i = 0; i < CALLERS; i++) {
      assertThat(answers.get(i).status()).as(answers.get(i).text()).isEqualTo(200);
      assertThat(answers.get(i).json().get("Email").asText()).isEqualTo(i + "@example.test");
      assertThat(answers.get(i).json().get("State").asInt()).isEqualTo(i % 3);
    }
    assertThat(world.read(name)).isIn(answers.stream().map(Answer::json).toList());
  }

  @RepeatedTest(3)
  @Covers({
    "pack.common.user-unknown",
    "pack.update-user.never-creates",
    "pack.common.no-server-errors"
  })
  void updatesThatRaceADeletionNeverBringTheUserBack() {
    String name = world.newUser();

    List<Answer> answers =
        together(i -> i == CALLERS / 2 ? world.call("DELETE", user(name)) : put(name, i));

    assertThat(answers.get(CALLERS / 2).status()).isEqualTo(202);
    for (int i = 0; i < CALLERS; i++) {
      if (i != CALLERS / 2 && answers.get(i).status() != 200) {
        assertError(
            answers.get(i),
            404,
            "ResourceNotFound",
            "The user '%s' was not found.".formatted(name));
      }
    }
    assertThat(stored.of(name)).isEmpty();
  }

  @RepeatedTest(3)
  @Covers({"pack.delete-user.accepted", "pack.common.user-unknown"})
  void ofDeletionsOneFindsTheUser() {
    String name = world.newUser();

    List<Answer> answers = together(i -> world.call("DELETE", user(name)));

    assertThat(withStatus(answers, 202)).hasSize(1);
    assertThat(withStatus(answers, 404)).hasSize(CALLERS - 1);
    assertThat(stored.of(name)).isEmpty();
  }

  @RepeatedTest(3)
  @Covers("pack.common.no-server-errors")
  void oneUserComesAndGoesAndChangesAtOnce() {
    String name = newName();

    List<Answer> answers =
        together(
            i ->
                switch (i % 4) {
                  case 0 -> world.call("POST", USERS, body(name));
                  case 1 -> put(name, i);
                  case 2 -> world.call("DELETE", user(name));
                  default -> world.call("GET", USERS + "?filter=" + name);
                });

    for (int i = 0; i < CALLERS; i++) {
      assertThat(answers.get(i).status())
          .as(answers.get(i).text())
          .isIn(
              switch (i % 4) {
                case 0 -> List.of(201, 409);
                case 1 -> List.of(200, 404);
                case 2 -> List.of(202, 404);
                default -> List.of(200);
              });
    }
    assertThat(stored.of(name).size())
        .isEqualTo(withStatus(answers, 201).size() - withStatus(answers, 202).size());
  }

  @RepeatedTest(3)
  @Covers({"pack.invalidate-tokens.accepted", "pack.common.no-server-errors"})
  void tokensOfOneUserAreInvalidatedAtOnceAndTheLatestEndCounts() {
    String name = newName();

    List<Answer> answers =
        together(
            i ->
                world.call(
                    "POST",
                    "/invalidusertokens",
                    "{\"Username\": \"%s\", \"TokenExpiryTime\": \"2013-06-%02dT00:00:00Z\"}"
                        .formatted(name, 1 + i * 7 % CALLERS)));

    assertThat(answers).extracting(Answer::status).containsOnly(200);
    assertThat(
            stored.query(
                "select (expires_at at time zone 'UTC')::date::text from pack_invalid_token where user_key = ?",
                name))
        .containsExactly("2013-06-16");
  }
}

package dev.roster.server.nimble;

import static dev.roster.server.nimble.NimbleErrorAssert.assertError;
import static dev.roster.server.nimble.NimbleWorld.PASSWORD;
import static dev.roster.server.nimble.NimbleWorld.USERS;
import static dev.roster.server.nimble.NimbleWorld.data;
import static dev.roster.server.nimble.NimbleWorld.newName;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.roster.server.nimble.NimbleWorld.TestSession;
import dev.roster.server.nimble.NimbleWorld.TestUser;
import dev.roster.testing.Answer;
import dev.roster.testing.Call;
import dev.roster.testing.Covers;
import dev.roster.testing.DatabaseTestResource;
import dev.roster.testing.Together;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.util.List;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.RepeatedTest;

@QuarkusTest
@WithTestResource(DatabaseTestResource.class)
class ConcurrentUsersTest {

  private static final int CALLERS = 16;

  @Inject NimbleWorld world;
  @Inject StoredUsers stored;

  private static List<Answer> together(IntFunction<Call> call) {
    return Together.send(IntStream.range(0, CALLERS).mapToObj(call).toList());
  }

  private static List<Answer> withStatus(List<Answer> answers, int status) {
    return answers.stream().filter(answer -> answer.status() == status).toList();
  }

  private Call put(TestSession session, TestUser user, String members) {
    return world.call(session, "PUT", user.path(), data(members));
  }

  @RepeatedTest(5)
  @Covers("nimble.update-user.concurrent")
  void updatesOfOneUserAllGoThroughAndNoneIsLost() {
    TestSession session = world.administrator();
    TestUser user = world.newUser();
    String name = newName("changed");
    List<String> changes =
        List.of(
            "\"description\": \"changed\"",
            "\"full_name\": \"Changed\"",
            "\"email_addr\": \"changed@x\"",
            "\"inactivity_timeout\": 600",
            "\"role\": \"operator\"",
            "\"name\": \"%s\"".formatted(name));

    // Each member has one writer, so nothing but the others' old values could undo it.
    List<Answer> answers =
        together(
            i -> put(session, user, i < changes.size() ? changes.get(i) : "\"disabled\": false"));

    assertThat(answers).extracting(Answer::status).containsOnly(200);
    JsonNode after = world.user(user);
    assertThat(after.get("description").asText()).isEqualTo("changed");
    assertThat(after.get("search_name").asText()).isEqualTo("Changed (" + name + ")");
    assertThat(after.get("email_addr").asText()).isEqualTo("changed@x");
    assertThat(after.get("inactivity_timeout").asLong()).isEqualTo(600);
    assertThat(after.get("role").asText()).isEqualTo("operator");
    assertThat(answers.stream().map(answer -> answer.json().get("data"))).contains(after);
  }

  @RepeatedTest(3)
  @Covers({"nimble.create-user.concurrent", "nimble.create-user.name-taken"})
  void ofCreationsOfOneNameOneSucceeds() {
    TestSession session = world.administrator();
    String name = newName("same");

    List<Answer> answers =
        together(
            i ->
                world.call(
                    session,
                    "POST",
                    USERS,
                    data("\"name\": \"%s\", \"password\": \"password-of-%d\"".formatted(name, i))));

    assertThat(withStatus(answers, 201)).hasSize(1);
    List<Answer> refused = withStatus(answers, 409);
    assertThat(refused).hasSize(CALLERS - 1);
    refused.forEach(answer -> assertError(answer, 409, "SM_eexist", "name", name));
    Answer winner = withStatus(answers, 201).get(0);
    Answer list = world.get(USERS + "?name=" + name);
    assertThat(NimbleWorld.values(list, "id"))
        .containsExactly(winner.json().at("/data/id").asText());
    assertThat(world.tryToLogIn(name, "password-of-" + answers.indexOf(winner)).status())
        .isEqualTo(201);
  }

  @RepeatedTest(3)
  @Covers("nimble.create-user.concurrent")
  void creationsOfOtherNamesAllSucceed() {
    TestSession session = world.administrator();
    List<String> names = IntStream.range(0, CALLERS).mapToObj(i -> newName("other")).toList();

    List<Answer> answers =
        together(
            i ->
                world.call(
                    session,
                    "POST",
                    USERS,
                    data(
                        "\"name\": \"%s\", \"password\": \"%s\""
                            .formatted(names.get(i), PASSWORD))));

    assertThat(answers).extracting(Answer::status).containsOnly(201);
    assertThat(answers)
        .extracting(answer -> answer.json().at("/data/id").asText())
        .doesNotHaveDuplicates();
    answers.forEach(
        answer ->
            assertThat(world.delete(USERS + "/" + answer.json().at("/data/id").asText()).status())
                .isEqualTo(200));
  }

  @RepeatedTest(3)
  @Covers({"nimble.update-user.rename", "nimble.update-user.concurrent"})
  void ofRenamesToOneNameOneSucceeds() {
    TestSession session = world.administrator();
    String name = newName("same");
    List<TestUser> users = Stream.generate(() -> world.newUser()).limit(CALLERS).toList();

    List<Answer> answers =
        together(i -> put(session, users.get(i), "\"name\": \"%s\"".formatted(name)));

    assertThat(withStatus(answers, 200)).hasSize(1);
    List<Answer> refused = withStatus(answers, 409);
    assertThat(refused).hasSize(CALLERS - 1);
    refused.forEach(answer -> assertError(answer, 409, "SM_eexist", "name", name));
    int winner = answers.indexOf(withStatus(answers, 200).get(0));
    for (int i = 0; i < CALLERS; i++) {
      assertThat(world.user(users.get(i)).get("name").asText())
          .isEqualTo(i == winner ? name : users.get(i).name());
      assertThat(world.delete(users.get(i).path()).status()).isEqualTo(200);
    }
  }

  @RepeatedTest(3)
  @Covers("nimble.update-user.rename")
  void renamesAndCreationsOfOneNameLeaveOneUserWithIt() {
    TestSession session = world.administrator();
    String name = newName("same");
    List<TestUser> users = Stream.generate(() -> world.newUser()).limit(CALLERS / 2).toList();

    List<Answer> answers =
        together(
            i ->
                i < users.size()
                    ? put(session, users.get(i), "\"name\": \"%s\"".formatted(name))
                    : world.call(
                        session,
                        "POST",
                        USERS,
                        data("\"name\": \"%s\", \"password\": \"%s\"".formatted(name, PASSWORD))));

    assertThat(withStatus(answers, 409)).hasSize(CALLERS - 1);
    withStatus(answers, 409).forEach(answer -> assertError(answer, 409, "SM_eexist", "name", name));
    assertThat(world.get(USERS + "?name=" + name).json().get("totalRows").asInt()).isEqualTo(1);
    users.forEach(user -> assertThat(world.delete(user.path()).status()).isEqualTo(200));
  }

  @RepeatedTest(3)
  @Covers({"nimble.delete-user.deleted", "nimble.common.id-unknown"})
  void ofDeletionsOneSucceedsAndUpdatesGoThroughOrFindNobody() {
    TestSession session = world.administrator();
    TestUser user = world.newUser();
    world.logIn(user);

    List<Answer> answers =
        together(
            i ->
                i % 2 == 0
                    ? world.call(session, "DELETE", user.path())
                    : put(session, user, "\"description\": \"d%d\"".formatted(i)));

    assertThat(answers).extracting(Answer::status).containsOnly(200, 404);
    withStatus(answers, 404)
        .forEach(answer -> assertError(answer, 404, "SM_enoent", "id", user.id()));
    assertThat(
            IntStream.range(0, CALLERS)
                .filter(i -> i % 2 == 0 && answers.get(i).status() == 200)
                .count())
        .isEqualTo(1);
    assertThat(stored.of(user)).isEmpty();
  }
}

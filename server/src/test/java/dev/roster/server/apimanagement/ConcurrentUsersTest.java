package dev.roster.server.apimanagement;

import static dev.roster.server.apimanagement.ApiManagementErrorAssert.assertServiceError;
import static dev.roster.server.apimanagement.ApiManagementErrorAssert.assertValidationError;
import static dev.roster.server.apimanagement.ApiManagementWorld.names;
import static dev.roster.server.apimanagement.ApiManagementWorld.user;
import static org.assertj.core.api.Assertions.assertThat;

import dev.roster.server.apimanagement.ApiManagementWorld.Service;
import dev.roster.testing.Answer;
import dev.roster.testing.Call;
import dev.roster.testing.Covers;
import dev.roster.testing.DatabaseTestResource;
import dev.roster.testing.Together;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;

@QuarkusTest
@WithTestResource(DatabaseTestResource.class)
class ConcurrentUsersTest {

  private static final int CALLERS = 16;

  @Inject ApiManagementWorld world;
  @Inject StoredUsers stored;

  private static List<Answer> together(IntFunction<Call> call) {
    return Together.send(IntStream.range(0, CALLERS).mapToObj(call).toList());
  }

  private Call patch(String path, String ifMatch, String member, String value) {
    return world
        .call("PATCH", path, "{\"properties\": {\"%s\": \"%s\"}}".formatted(member, value))
        .header("If-Match", ifMatch);
  }

  private static List<Answer> withStatus(List<Answer> answers, int status) {
    return answers.stream().filter(answer -> answer.status() == status).toList();
  }

  /** The counted users, the stored ones and those of a list are the same. */
  private void assertCount(Service service, int users) {
    String id = Long.toString(stored.id(service));
    assertThat(stored.query("select count(*)::text from apim_user where service_id = " + id))
        .containsExactly(Integer.toString(users));
    assertThat(
            stored.query("select sum(users)::text from apim_user_count where service_id = " + id))
        .containsExactly(Integer.toString(users));
    Answer list = world.get(service.users());
    assertThat(list.json().get("count").asInt()).isEqualTo(users);
    assertThat(names(list)).hasSize(users);
  }

  @RepeatedTest(3)
  @Covers({"apim.update-user.one-winner", "apim.common.precondition-failed"})
  void ofPatchesWithTheSameTagOneWins() {
    Service service = world.newService();
    world.addUser(service, "ann");
    String path = service.user("ann");
    String tag = world.tag(path);

    List<Answer> answers = together(i -> patch(path, tag, "note", "note " + i));

    assertThat(withStatus(answers, 200)).hasSize(1);
    List<Answer> refused = withStatus(answers, 412);
    assertThat(refused).hasSize(CALLERS - 1);
    refused.forEach(
        answer ->
            assertServiceError(
                answer, 412, "PreconditionFailed", "Resource was modified since last retrieval."));
    Answer winner = withStatus(answers, 200).get(0);
    assertThat(winner.json().at("/properties/note").asText())
        .isEqualTo("note " + answers.indexOf(winner))
        .isEqualTo(world.get(path).json().at("/properties/note").asText());
    assertThat(world.send("PATCH", path, "{}", "If-Match", winner.header("ETag").get()).status())
        .isEqualTo(200);
  }

  @RepeatedTest(3)
  @Covers({
    "apim.update-user.if-match-star",
    "apim.common.etag-grows",
    "apim.update-user.absent-keeps"
  })
  void patchesWithAStarAllGoThroughAndNoneIsLost() {
    Service service = world.newService();
    world.addUser(service, "ann");
    String path = service.user("ann");
    List<String> members = List.of("note", "firstName", "lastName", "email");

    List<Answer> answers =
        together(i -> patch(path, "*", members.get(i % members.size()), "value " + i));

    assertThat(answers).extracting(Answer::status).containsOnly(200);
    assertThat(answers).extracting(answer -> answer.header("ETag").get()).doesNotHaveDuplicates();
    Answer after = world.get(path);
    for (int i = 0; i < members.size(); i++) {
      // Not the first value, which a PATCH of another property would have written back.
      int first = i;
      assertThat(after.json().at("/properties/" + members.get(i)).asText())
          .isIn(
              IntStream.range(0, CALLERS)
                  .filter(caller -> caller % members.size() == first)
                  .mapToObj(caller -> "value " + caller)
                  .toList());
    }
  }

  @RepeatedTest(3)
  @Covers({"apim.common.email-duplicate", "apim.common.no-server-errors"})
  void ofCreationsWithOneAddressOneSucceeds() {
    Service service = world.newService();

    List<Answer> answers =
        together(
            i ->
                world.call(
                    "PUT",
                    service.user("user-" + i),
                    user(i % 2 == 0 ? "same@example.com" : "SAME@Example.com")));

    assertThat(withStatus(answers, 201)).hasSize(1);
    List<Answer> refused = withStatus(answers, 400);
    assertThat(refused).hasSize(CALLERS - 1);
    refused.forEach(
        answer -> assertValidationError(answer, "email", "A user with this email already exists."));
    int winner = answers.indexOf(withStatus(answers, 201).get(0));
    assertThat(names(world.get(service.users()))).containsExactly("1", "user-" + winner);
    assertCount(service, 2);
  }

  @RepeatedTest(3)
  @Covers({"apim.put-user.concurrent", "apim.common.no-server-errors"})
  void ofCreationsOfOneIdOneCreatesAndTheOthersUpdate() {
    Service service = world.newService();
    String body =
        """
        {"properties": {"email": "ann@example.com", "firstName": "First %d", "lastName": "Last"}}
        """;

    List<Answer> answers =
        together(
            i -> world.call("PUT", service.user(i % 2 == 0 ? "ann" : "ANN"), body.formatted(i)));

    assertThat(withStatus(answers, 201)).hasSize(1);
    assertThat(withStatus(answers, 200)).hasSize(CALLERS - 1);
    String spelling = withStatus(answers, 201).get(0).json().get("name").asText();
    for (int i = 0; i < CALLERS; i++) {
      assertThat(answers.get(i).json().get("name").asText()).isEqualTo(spelling);
      assertThat(answers.get(i).json().at("/properties/firstName").asText())
          .isEqualTo("First " + i);
      assertThat(answers.get(i).json().at("/properties/groups").findValuesAsText("name"))
          .containsExactly("Developers");
    }
    Answer after = world.get(service.user("ann"));
    assertThat(answers)
        .filteredOn(answer -> answer.header("ETag").equals(after.header("ETag")))
        .hasSize(1)
        .allMatch(
            last ->
                last.json()
                    .at("/properties/firstName")
                    .equals(after.json().at("/properties/firstName")));
    assertCount(service, 2);
  }

  @RepeatedTest(3)
  @Covers({"apim.put-user.if-none-match", "apim.common.no-server-errors"})
  void ofCreationsThatWantNoneOneSucceeds() {
    Service service = world.newService();

    List<Answer> answers =
        together(
            i ->
                world
                    .call("PUT", service.user("ann"), user("ann@example.com"))
                    .header("If-None-Match", "*"));

    assertThat(withStatus(answers, 201)).hasSize(1);
    assertThat(withStatus(answers, 412)).hasSize(CALLERS - 1);
    assertCount(service, 2);
  }

  @RepeatedTest(3)
  @Covers({"apim.update-user.unknown", "apim.common.no-server-errors"})
  void patchesThatRaceADeleteNeverBringTheUserBack() {
    Service service = world.newService();
    world.addUser(service, "ann");
    String path = service.user("ann");

    List<Answer> answers =
        together(
            i ->
                i == CALLERS / 2
                    ? world.call("DELETE", path)
                    : patch(path, "*", "note", "note " + i));

    assertThat(answers.get(CALLERS / 2).status()).isEqualTo(200);
    answers.stream()
        .filter(answer -> answer.status() != 200)
        .forEach(answer -> assertServiceError(answer, 404, "ResourceNotFound", "User not found."));
    assertThat(world.get(path).status()).isEqualTo(404);
    assertCount(service, 1);
  }

  @RepeatedTest(3)
  @Covers({"apim.delete-user.deleted", "apim.delete-user.unknown"})
  void ofDeletesOneFindsTheUser() {
    Service service = world.newService();
    world.addUser(service, "ann");

    List<Answer> answers = together(i -> world.call("DELETE", service.user("ann")));

    assertThat(withStatus(answers, 200)).hasSize(1);
    assertThat(withStatus(answers, 204)).hasSize(CALLERS - 1);
    assertCount(service, 1);
  }

  @RepeatedTest(5)
  @Covers({"apim.common.no-server-errors", "apim.common.service-unknown"})
  void usersThatArePutWhileTheirServiceIsDeletedGoWithIt() {
    Service service = world.newService();
    world.addUsers(service, "present-", 4);
    long id = stored.id(service);

    List<Answer> answers =
        together(
            i ->
                switch (i % 4) {
                  case 0 ->
                      i == CALLERS / 2
                          ? world.call("DELETE", service.path())
                          : world.call("PUT", service.user("new-" + i), user(i + "@example.com"));
                  case 1 ->
                      world.call("PUT", service.user("present-1"), user("present-1@example.com"));
                  case 2 -> patch(service.user("present-2"), "*", "note", "note " + i);
                  default -> world.call("DELETE", service.user("present-" + (i / 4 + 1)));
                });

    assertThat(answers.get(CALLERS / 2).status()).isEqualTo(200);
    assertThat(answers)
        .allSatisfy(
            answer -> assertThat(answer.status()).as(answer.text()).isIn(200, 201, 204, 404));
    assertThat(world.get(service.path()).status()).isEqualTo(404);
    assertThat(stored.ofId(id)).isEmpty();
  }

  @Test
  @Covers({"apim.common.count", "apim.common.no-server-errors"})
  void countStaysExactWhileUsersComeAndGo() {
    Service service = world.newService();
    world.addUsers(service, "old-", CALLERS);

    for (int round = 0; round < 4; round++) {
      int number = round;
      List<Answer> answers =
          together(
              i ->
                  i % 2 == 0
                      ? world.call(
                          "PUT",
                          service.user("new-%d-%d".formatted(number, i)),
                          user("%d-%d@example.com".formatted(number, i)))
                      : world.call(
                          "DELETE", service.user("old-" + (number * CALLERS / 2 + i / 2 + 1))));
      assertThat(withStatus(answers, 201)).hasSize(CALLERS / 2);
      int gone = round < 2 ? 200 : 204;
      assertThat(withStatus(answers, gone)).hasSize(CALLERS / 2);
      assertCount(service, 1 + CALLERS + (round < 2 ? 0 : (round - 1) * CALLERS / 2));
    }
  }

  @Test
  @Covers({"apim.common.count", "apim.put-user.concurrent", "apim.common.no-server-errors"})
  void oneUserComesAndGoesAtOnce() {
    Service service = world.newService();

    for (int round = 0; round < 4; round++) {
      List<Answer> answers =
          together(
              i ->
                  i % 2 == 0
                      ? world.call("PUT", service.user("ann"), user("ann@example.com"))
                      : world.call("DELETE", service.user("ann")));
      assertThat(answers)
          .allSatisfy(answer -> assertThat(answer.status()).as(answer.text()).isIn(200, 201, 204));
      boolean there = world.get(service.user("ann")).status() == 200;
      assertCount(service, there ? 2 : 1);
    }
  }

  @RepeatedTest(3)
  @Covers({
    "apim.common.no-server-errors",
    "apim.common.email-duplicate",
    "apim.update-user.email-unique"
  })
  void usersThatTakeEachOthersAddressesAreRefusedOrNot() {
    Service service = world.newService();
    world.addUsers(service, "u", CALLERS);

    List<Answer> answers =
        together(
            i ->
                patch(
                    service.user("u" + (i + 1)),
                    "*",
                    "email",
                    "U%d@example.com".formatted((i ^ 1) + 1)));

    List<String> addresses = new ArrayList<>();
    world
        .get(service.users())
        .json()
        .get("value")
        .forEach(
            item -> addresses.add(item.at("/properties/email").asText().toLowerCase(Locale.ROOT)));
    assertThat(addresses).hasSize(CALLERS + 1).doesNotHaveDuplicates();
    withStatus(answers, 400)
        .forEach(
            answer ->
                assertValidationError(answer, "email", "A user with this email already exists."));
    assertThat(answers).extracting(Answer::status).containsOnly(400);
  }
}

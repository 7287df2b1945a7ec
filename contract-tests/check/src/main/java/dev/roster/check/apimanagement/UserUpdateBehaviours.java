package dev.roster.check.apimanagement;

import static dev.roster.check.apimanagement.ApiManagementService.USERS;
import static dev.roster.check.apimanagement.ApiManagementService.assertError;
import static dev.roster.check.apimanagement.ApiManagementService.assertInvalid;
import static dev.roster.check.apimanagement.ApiManagementService.assertPreconditionFailed;
import static dev.roster.check.apimanagement.ApiManagementService.counters;
import static dev.roster.check.apimanagement.ApiManagementService.newEmail;
import static dev.roster.check.apimanagement.ApiManagementService.newName;
import static dev.roster.check.apimanagement.ApiManagementService.properties;
import static dev.roster.check.apimanagement.ApiManagementService.tag;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.roster.check.apimanagement.ApiManagementService.User;
import dev.roster.testing.Answer;
import dev.roster.testing.Covers;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class UserUpdateBehaviours {

  private static final int CALLERS = 16;

  @RegisterExtension final ApiManagementService service = new ApiManagementService();

  @Test
  @Covers("apim.update-user.updates")
  void everyPropertyIsChangedAndTheWholeUserAnswered() {
    User user = service.newUser();
    String email = newEmail();

    Answer answer =
        service.patch(
            user.path(),
            properties(
                "email",
                email,
                "firstName",
                "New",
                "lastName",
                "Name",
                "note",
                "a remark",
                "password",
                service.newPassword(),
                "state",
                "blocked"));

    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.json().get("name").asText()).isEqualTo(user.id());
    assertThat(answer.header("ETag")).isPresent();
    for (JsonNode properties :
        List.of(answer.json().get("properties"), service.propertiesOf(user.path()))) {
      assertThat(properties.get("email").asText()).isEqualTo(email);
      assertThat(properties.get("firstName").asText()).isEqualTo("New");
      assertThat(properties.get("lastName").asText()).isEqualTo("Name");
      assertThat(properties.get("note").asText()).isEqualTo("a remark");
      assertThat(properties.get("state").asText()).isEqualTo("blocked");
    }
  }

  @Test
  @Covers("apim.update-user.absent-keeps")
  void whatTheBodyDoesNotNameStays() {
    User user = service.newUser(newName(), "note", "a remark");
    JsonNode before = service.propertiesOf(user.path());

    Answer answer = service.patch(user.path(), properties("lastName", "Other"));

    assertThat(answer.status()).isEqualTo(200);
    JsonNode after = service.propertiesOf(user.path());
    assertThat(after.get("lastName").asText()).isEqualTo("Other");
    for (String kept :
        List.of("email", "firstName", "note", "state", "registrationDate", "identities")) {
      assertThat(after.get(kept)).as(kept).isEqualTo(before.get(kept));
    }
  }

  @Test
  @Covers("apim.update-user.email-length")
  void addressHasALength() {
    User user = service.newUser();

    assertInvalid(service.patch(user.path(), properties("email", "")), "email");
    assertInvalid(service.patch(user.path(), properties("email", "e".repeat(255))), "email");
    assertThat(service.propertiesOf(user.path()).get("email").asText()).isEqualTo(user.email());
  }

  @Test
  @Covers("apim.update-user.names-length")
  void namesHaveLengths() {
    User user = service.newUser();

    for (String name : List.of("firstName", "lastName")) {
      assertInvalid(service.patch(user.path(), properties(name, "")), name);
      assertInvalid(service.patch(user.path(), properties(name, "n".repeat(101))), name);
      assertThat(service.patch(user.path(), properties(name, "n".repeat(100))).status())
          .as("status for 100 characters of " + name)
          .isEqualTo(200);
    }
  }

  @Test
  @Covers("apim.update-user.email-unique")
  void addressOfAnotherUserIsRefusedAndOnesOwnIsNot() {
    User user = service.newUser();
    User other = service.newUser();

    // Which of the two it is, is not documented.
    assertThat(service.patch(user.path(), properties("email", other.email())).status())
        .isIn(400, 409);
    assertThat(service.propertiesOf(user.path()).get("email").asText()).isEqualTo(user.email());
    assertThat(service.patch(user.path(), properties("email", user.email())).status())
        .isEqualTo(200);
  }

  @Test
  @Covers("apim.update-user.refused-whole")
  void refusedUpdateChangesNothing() {
    User user = service.newUser();
    Answer before = service.read(user.path());

    assertInvalid(
        service.patch(
            user.path(),
            properties("note", "new", "lastName", "New", "firstName", "f".repeat(101))),
        "firstName");

    Answer after = service.read(user.path());
    assertThat(after.json()).isEqualTo(before.json());
    assertThat(tag(after)).isEqualTo(tag(before));
  }

  @Test
  @Covers("apim.update-user.errors")
  void failedUpdateTellsTheFaultyFields() {
    User user = service.newUser();

    assertInvalid(
        service.patch(user.path(), properties("email", "", "firstName", "", "lastName", "")),
        "email",
        "firstName",
        "lastName");
  }

  @Test
  @Covers("apim.update-user.email-keeps-identity")
  void signInStaysThatOfTheOldAddress() {
    User user = service.newUser();

    assertThat(service.patch(user.path(), properties("email", newEmail())).status()).isEqualTo(200);

    assertThat(service.propertiesOf(user.path()).get("identities"))
        .hasToString("[{\"provider\":\"Basic\",\"id\":\"%s\"}]".formatted(user.email()));
  }

  @Test
  @Covers("apim.update-user.state-any-case")
  void stateIsTakenInAnyCase() {
    User user = service.newUser();
    User created = service.newUser(newName(), "state", "Blocked");

    for (String state : List.of("BLOCKED", "Active", "blocked")) {
      Answer answer = service.patch(user.path(), properties("state", state));
      assertThat(answer.status()).as("status for " + state).isEqualTo(200);
      assertThat(answer.json().at("/properties/state").asText())
          .isEqualTo(state.toLowerCase(java.util.Locale.ROOT));
    }
    assertThat(service.propertiesOf(created.path()).get("state").asText()).isEqualTo("blocked");
  }

  @Test
  @Covers("apim.update-user.state-unknown")
  void unknownStateIsRefused() {
    User user = service.newUser();

    for (String state : List.of("0", "gone")) {
      assertInvalid(service.patch(user.path(), properties("state", state)), "state");
    }
    assertThat(service.propertiesOf(user.path()).get("state").asText()).isEqualTo("active");
  }

  @Test
  @Covers("apim.update-user.state-pending")
  void onlyPendingUsersArePending() {
    for (String next : List.of("active", "blocked")) {
      User user = service.newUser(newName(), "state", "pending");
      assertThat(service.propertiesOf(user.path()).get("state").asText()).isEqualTo("pending");

      assertThat(service.patch(user.path(), properties("state", next)).status())
          .as("status of becoming " + next)
          .isEqualTo(200);
      assertInvalid(service.patch(user.path(), properties("state", "pending")), "state");
      assertThat(service.propertiesOf(user.path()).get("state").asText()).isEqualTo(next);
    }
  }

  @Test
  @Covers("apim.update-user.state-deleted")
  void closedUserCanBeReadAndHasNoIdentitiesAndGroups() {
    User user = service.newUser();

    assertThat(service.patch(user.path(), properties("state", "deleted")).status()).isEqualTo(200);

    JsonNode properties = service.propertiesOf(user.path());
    assertThat(properties.get("state").asText()).isEqualTo("deleted");
    assertThat(properties.get("identities")).isEmpty();
    assertThat(ApiManagementService.names(service.read(user.path() + "/groups"))).isEmpty();
  }

  @Test
  @Covers("apim.update-user.password-any")
  void passwordOfSixCharactersIsAccepted() {
    User user = service.newUser();

    assertThat(service.patch(user.path(), properties("password", "abc123")).status())
        .isEqualTo(200);
  }

  @Test
  @Covers("apim.update-user.groups-empty")
  void answerTellsNoGroups() {
    User user = service.newUser();

    Answer answer = service.patch(user.path(), properties("note", "new"));

    assertThat(answer.json().at("/properties/groups")).hasToString("[]");
    assertThat(ApiManagementService.names(service.read(user.path() + "/groups")))
        .containsExactly("developers");
  }

  @Test
  @Covers("apim.update-user.short-etag")
  void tagOfTheAnswerIsTheFirstHalfOfTheNextOne() {
    User user = service.newUser();
    List<Long> before = counters(service.read(user.path()));

    List<Long> answered = counters(service.patch(user.path(), properties("note", "new")));

    assertThat(answered).hasSize(1).doesNotContainAnyElementsOf(before);
    List<Long> after = counters(service.read(user.path()));
    assertThat(after).hasSize(2);
    assertThat(after.get(0)).isEqualTo(answered.get(0));
  }

  @Test
  @Covers("apim.update-user.registration-date-kept")
  void registrationDateStays() {
    User user = service.newUser();
    JsonNode before = service.propertiesOf(user.path()).get("registrationDate");

    Answer answer = service.patch(user.path(), properties("note", "new"));

    assertThat(answer.json().at("/properties/registrationDate")).isEqualTo(before);
    assertThat(service.propertiesOf(user.path()).get("registrationDate")).isEqualTo(before);
  }

  @Test
  @Covers("apim.update-user.if-match-star")
  void starGoesThroughWhateverTheTagIs() {
    User user = service.newUser();

    for (String note : List.of("one", "two")) {
      assertThat(service.patch(user.path(), properties("note", note)).status()).isEqualTo(200);
      assertThat(service.propertiesOf(user.path()).get("note").asText()).isEqualTo(note);
    }
  }

  @Test
  @Covers("apim.update-user.if-match-exact")
  void tagOfAGetGoesThrough() {
    User user = service.newUser();

    Answer answer =
        service
            .request("PATCH", user.path())
            .header("If-Match", tag(service.read(user.path())))
            .json(properties("note", "new"))
            .send();

    assertThat(answer.status()).isEqualTo(200);
    assertThat(service.propertiesOf(user.path()).get("note").asText()).isEqualTo("new");
  }

  @Test
  @Covers({"apim.update-user.stale-tag", "apim.common.precondition-failed"})
  void tagOfBeforeTheLastChangeIsRefused() {
    User user = service.newUser();
    String stale = tag(service.read(user.path()));
    service.patch(user.path(), properties("note", "one"));
    Answer before = service.read(user.path());

    assertPreconditionFailed(
        service
            .request("PATCH", user.path())
            .header("If-Match", stale)
            .json(properties("note", "two"))
            .send());

    Answer after = service.read(user.path());
    assertThat(after.json()).isEqualTo(before.json());
    assertThat(tag(after)).isEqualTo(tag(before));
  }

  @Test
  @Covers("apim.update-user.one-winner")
  void ofConcurrentUpdatesWithOneTagOneWins() {
    User user = service.newUser();
    String tag = tag(service.read(user.path()));
    ExecutorService callers = Executors.newFixedThreadPool(CALLERS);
    List<Integer> statuses;
    try {
      List<CompletableFuture<Integer>> answers =
          IntStream.range(0, CALLERS)
              .mapToObj(
                  caller ->
                      CompletableFuture.supplyAsync(
                          () ->
                              service
                                  .request("PATCH", user.path())
                                  .header("If-Match", tag)
                                  .json(properties("note", "caller " + caller))
                                  .sendUnchecked()
                                  .status(),
                          callers))
              .toList();
      statuses = answers.stream().map(CompletableFuture::join).toList();
    } finally {
      callers.shutdown();
    }

    assertThat(statuses).containsOnly(200, 412).containsOnlyOnce(200);
  }

  @Test
  @Covers("apim.update-user.unknown")
  void updateOfAnUnknownUserCreatesNothing() {
    String path = USERS + "/" + newName();
    String someTag = tag(service.read(service.newUser().path()));

    for (String condition : List.of("*", someTag)) {
      assertError(
          service
              .request("PATCH", path)
              .header("If-Match", condition)
              .json(properties("email", newEmail(), "firstName", "First", "lastName", "Last"))
              .send(),
          404,
          "ResourceNotFound",
          "User not found.");
    }
    assertThat(service.request("GET", path).send().status()).isEqualTo(404);
  }
}

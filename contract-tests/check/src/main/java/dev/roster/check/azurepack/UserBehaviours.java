package dev.roster.check.azurepack;

import static dev.roster.check.azurepack.PackService.USERS;
import static dev.roster.check.azurepack.PackService.assertError;
import static dev.roster.check.azurepack.PackService.assertInvalid;
import static dev.roster.check.azurepack.PackService.body;
import static dev.roster.check.azurepack.PackService.members;
import static dev.roster.check.azurepack.PackService.newUserName;
import static dev.roster.check.azurepack.PackService.object;
import static dev.roster.check.azurepack.PackService.user;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.roster.testing.Answer;
import dev.roster.testing.Covers;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class UserBehaviours {

  private static final int ACTIVE = 1;
  private static final int SUSPENDED = 2;
  private static final int DELETE_PENDING = 3;

  @RegisterExtension final PackService pack = new PackService();

  @Test
  @Covers("pack.create-user.created")
  void newUserIsAnsweredWithThePresentTimeAndWithoutSubscriptions() {
    String name = newUserName();

    Answer created =
        pack.create(
            name,
            object(
                "Name",
                name,
                "Email",
                "other@example.com",
                "State",
                1,
                "CreatedTime",
                "0001-01-01T00:00:00",
                "SubscriptionCount",
                0,
                "ActivationSyncState",
                0,
                "LastErrorMessage",
                null));

    assertThat(created.status()).isEqualTo(201);
    JsonNode user = created.json();
    assertThat(user.get("Name").asText()).isEqualTo(name);
    assertThat(user.get("Email").asText()).isEqualTo("other@example.com");
    assertThat(user.get("State").asInt()).isEqualTo(ACTIVE);
    assertThat(user.get("SubscriptionCount").asInt()).isZero();
    assertThat(user.get("LastErrorMessage").isNull()).isTrue();
    Instant time = LocalDateTime.parse(user.get("CreatedTime").asText()).toInstant(ZoneOffset.UTC);
    assertThat(Duration.between(time, now(created)).abs()).isLessThan(Duration.ofMinutes(5));
  }

  @Test
  @Covers("pack.create-user.required")
  void nameAndAddressAreRequired() {
    assertInvalid(pack.request("POST", USERS).json("{}").send(), "Name", "Email");
    assertInvalid(
        pack.request("POST", USERS).json(object("Name", " ", "Email", null)).send(),
        "Name",
        "Email");
    String name = newUserName();
    assertInvalid(pack.create(name, object("Name", name, "Email", "")), "Email");
    pack.assertUnknown(name);
  }

  @Test
  @Covers("pack.create-user.duplicate")
  void nameThatAnotherUserHasInAnyCaseIsRefused() {
    String name = pack.newUser();
    JsonNode before = pack.read(name);

    for (String same : List.of(name, name.toUpperCase(Locale.ROOT))) {
      assertError(
          pack.create(same, object("Name", same, "Email", "new@example.com", "State", 2)), 409);
    }
    assertThat(pack.read(name)).isEqualTo(before);
  }

  @Test
  @Covers("pack.retrieve-user.answer")
  void userIsReadAsItWasAnswered() {
    String name = newUserName();
    JsonNode created = pack.create(name, body(name)).json();

    JsonNode read = pack.read(name);

    assertThat(read.get("Name").asText()).isEqualTo(name);
    for (String member : List.of("Email", "State", "CreatedTime", "SubscriptionCount")) {
      assertThat(read.get(member)).as(member).isEqualTo(created.get(member));
    }
  }

  @Test
  @Covers("pack.retrieve-user.answer")
  void userIsToldToWhateverPrincipal() {
    String name = pack.newUser();

    for (String principal : List.of(name, newUserName())) {
      assertThat(
              pack.request("GET", user(name))
                  .header(PackService.PRINCIPAL, principal)
                  .send()
                  .status())
          .isEqualTo(200);
    }
  }

  @Test
  @Covers("pack.common.json-form")
  void userHasAllMembersInOrder() {
    String name = newUserName();

    Answer created = pack.create(name, body(name));
    Answer read = pack.request("GET", user(name)).send();
    Answer updated = pack.update(name, body(name));

    for (Answer answer : List.of(created, read, updated)) {
      assertThat(members(answer.json())).isEqualTo(PackService.USER_MEMBERS);
      assertThat(answer.json().get("State").isInt()).as("State is an integer").isTrue();
      assertThat(answer.json().get("ActivationSyncState").isInt())
          .as("ActivationSyncState is an integer")
          .isTrue();
      assertThat(answer.header("Content-Type").orElse("none")).startsWith("application/json");
    }
    assertThat(created.json().get("LastErrorMessage").isNull()).isTrue();
  }

  @Test
  @Covers("pack.common.created-time")
  void timeHasNoZoneAndTheFractionOfASqlServer() {
    String name = pack.newUser();

    assertThat(pack.read(name).get("CreatedTime").asText())
        .matches("\\d{4}-\\d{2}-\\d{2}T\\d{2}:\\d{2}:\\d{2}(\\.(\\d{2}[37]|\\d?[1-9]))?");
  }

  @Test
  @Covers("pack.common.created-time-input")
  void timeOfARequestMayHaveAZoneOrNone() {
    String name = pack.newUser();

    for (String time :
        List.of(
            "2013-06-27T21:15:30.787Z", "2013-06-27T23:15:30+02:00", "2013-06-27T21:15:30.787")) {
      Answer answer =
          pack.update(name, object("Name", name, "Email", name, "State", 1, "CreatedTime", time));
      assertThat(answer.status()).as("status with " + time).isEqualTo(200);
    }
    assertError(
        pack.update(name, object("Name", name, "Email", name, "State", 1, "CreatedTime", "soon")),
        400);
  }

  @Test
  @Covers("pack.common.json-lenient")
  void namesOfMembersAndStatesAreReadInAnyCase() {
    for (Object state : List.of(2, "2", "Suspended", "suspended")) {
      String name = newUserName();
      Answer created = pack.create(name, object("name", name, "EMAIL", name, "state", state));
      assertThat(created.status()).as("status with " + state).isEqualTo(201);
      assertThat(created.json().get("Email").asText()).isEqualTo(name);
      assertThat(created.json().get("State").asInt()).isEqualTo(SUSPENDED);
    }
  }

  @Test
  @Covers("pack.common.json-lenient")
  void numbersAreTakenForTextsAndTextsForNumbers() {
    String name = newUserName();

    Answer created =
        pack.create(
            name, object("Name", name, "Email", 12, "State", "1", "SubscriptionCount", "0"));

    assertThat(created.status()).isEqualTo(201);
    assertThat(created.json().get("Email").asText()).isEqualTo("12");
    assertThat(created.json().get("State").asInt()).isEqualTo(ACTIVE);
  }

  @Test
  @Covers("pack.common.json-lenient")
  void stateAndTimeCannotBeNull() {
    String name = pack.newUser();

    for (String member : List.of("State", "CreatedTime", "SubscriptionCount")) {
      assertError(pack.update(name, object("Name", name, "Email", name, member, null)), 400);
    }
  }

  @Test
  @Covers("pack.update-user.three-members")
  void nameAddressAndStateAreEnoughForAnUpdate() {
    String name = pack.newUser();
    JsonNode before = pack.read(name);

    Answer updated =
        pack.update(name, object("Name", name, "Email", "new@example.com", "State", 1));

    assertThat(updated.status()).isEqualTo(200);
    for (JsonNode user : List.of(updated.json(), pack.read(name))) {
      assertThat(user.get("Name").asText()).isEqualTo(name);
      assertThat(user.get("Email").asText()).isEqualTo("new@example.com");
      assertThat(user.get("State").asInt()).isEqualTo(ACTIVE);
      assertThat(user.get("CreatedTime")).isEqualTo(before.get("CreatedTime"));
    }
  }

  @Test
  @Covers("pack.update-user.states")
  void userIsSuspendedAndActivatedAgain() {
    String name = pack.newUser();

    for (int state : List.of(SUSPENDED, ACTIVE)) {
      Answer updated = pack.update(name, object("Name", name, "Email", name, "State", state));
      assertThat(updated.status()).isEqualTo(200);
      assertThat(updated.json().get("State").asInt()).isEqualTo(state);
      assertThat(pack.read(name).get("State").asInt()).isEqualTo(state);
    }
  }

  @Test
  @Covers("pack.update-user.states")
  void updateDeletesNobody() {
    String name = pack.newUser();

    assertError(
        pack.update(name, object("Name", name, "Email", name, "State", DELETE_PENDING)), 400);
    assertThat(pack.read(name).get("State").asInt()).isEqualTo(ACTIVE);
  }

  @Test
  @Covers("pack.update-user.never-creates")
  void updateCreatesNobody() {
    String name = newUserName();

    assertError(pack.update(name, body(name)), 404);
    pack.assertUnknown(name);
  }

  @Test
  @Covers({"pack.delete-user.accepted", "pack.delete-user.pending"})
  void deletionIsAcceptedAndTheUserGoneOrGoing() {
    String name = pack.newUser();

    Answer deleted = pack.request("DELETE", user(name)).send();

    assertThat(deleted.status()).isEqualTo(202);
    assertThat(deleted.bytes()).as("body").isEmpty();
    Answer after = pack.request("GET", user(name)).send();
    if (after.status() == 200) {
      assertThat(after.json().get("State").asInt()).isEqualTo(DELETE_PENDING);
    } else {
      assertError(after, 404);
    }
  }

  @Test
  @Covers("pack.delete-user.flags")
  void flagsOfADeletionAreReadInAnyCase() {
    for (String flags :
        List.of(
            "?deleteSubscriptions=True&force=False",
            "?deletesubscriptions=true",
            "?FORCE=true",
            "?force=FALSE")) {
      assertThat(pack.request("DELETE", user(pack.newUser()) + flags).send().status())
          .as("status with " + flags)
          .isEqualTo(202);
    }
  }

  @Test
  @Covers("pack.delete-user.flags")
  void flagThatIsNeitherTrueNorFalseDeletesNobody() {
    String name = pack.newUser();

    for (String flag : List.of("deleteSubscriptions=maybe", "force=maybe")) {
      assertError(pack.request("DELETE", user(name) + "?" + flag).send(), 400);
    }
    assertThat(pack.read(name).get("State").asInt()).isEqualTo(ACTIVE);
  }

  @Test
  @Covers({"pack.update-user.delete-pending", "pack.delete-user.pending"})
  void userWhoIsBeingDeletedCannotBeUpdated() {
    String name = pack.newUser();
    assertThat(pack.request("DELETE", user(name)).send().status()).isEqualTo(202);

    Answer updated = pack.update(name, body(name));

    assumeTrue(updated.status() != 404, "a deletion is over at once");
    assertError(updated, 409);
  }

  /** The time of an answer by its server's clock, or by the caller's if it is not told. */
  private static Instant now(Answer answer) {
    return answer
        .header("Date")
        .map(date -> ZonedDateTime.parse(date, DateTimeFormatter.RFC_1123_DATE_TIME).toInstant())
        .orElseGet(Instant::now);
  }
}

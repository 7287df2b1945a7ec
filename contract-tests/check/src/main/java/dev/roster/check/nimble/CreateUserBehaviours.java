package dev.roster.check.nimble;

import static dev.roster.check.nimble.NimbleArray.USERS;
import static dev.roster.check.nimble.NimbleArray.USER_MEMBERS;
import static dev.roster.check.nimble.NimbleArray.assertError;
import static dev.roster.check.nimble.NimbleArray.criterion;
import static dev.roster.check.nimble.NimbleArray.data;
import static dev.roster.check.nimble.NimbleArray.newName;
import static dev.roster.check.nimble.NimbleArray.query;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.roster.check.nimble.NimbleArray.User;
import dev.roster.testing.Answer;
import dev.roster.testing.Covers;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class CreateUserBehaviours {

  @RegisterExtension final NimbleArray array = new NimbleArray();

  @Test
  @Covers({"nimble.create-user.created", "nimble.common.object-ids"})
  void newUserIsAnsweredWholeAndCanLogIn() {
    String name = newName();
    String password = array.newPassword();

    Answer answer =
        create(
            "name",
            name,
            "password",
            password,
            "description",
            "Runs the nightly backup",
            "role",
            "operator",
            "inactivity_timeout",
            900,
            "full_name",
            "Ann O'Hara-Smith 2",
            "email_addr",
            "Ann@Example.com",
            "disabled",
            false);

    assertThat(answer.status()).isEqualTo(201);
    JsonNode user = answer.json().get("data");
    assertThat(user.fieldNames()).toIterable().containsExactlyInAnyOrderElementsOf(USER_MEMBERS);
    assertThat(user.get("id").asText()).matches("[0-9a-f]{42}");
    assertThat(user.get("name").asText()).isEqualTo(name);
    assertThat(user.get("description").asText()).isEqualTo("Runs the nightly backup");
    assertThat(user.get("role").asText()).isEqualTo("operator");
    assertThat(user.get("inactivity_timeout").asInt()).isEqualTo(900);
    assertThat(user.get("full_name").asText()).isEqualTo("Ann O'Hara-Smith 2");
    assertThat(user.get("email_addr").asText()).isEqualTo("Ann@Example.com");
    assertThat(user.get("disabled").isBoolean()).isTrue();
    assertThat(user.get("disabled").asBoolean()).isFalse();
    assertThat(answer.text()).doesNotContain(password);
    assertThat(array.tryToLogIn(name, password).status()).isEqualTo(201);
  }

  @Test
  @Covers("nimble.create-user.defaults")
  void absentMembersHaveDefaults() {
    JsonNode user = array.read(array.newUser());

    assertThat(user.get("role").asText()).isEqualTo("guest");
    assertThat(user.get("description").asText()).isEmpty();
    assertThat(user.get("full_name").asText()).isEmpty();
    assertThat(user.get("email_addr").asText()).isEmpty();
    assertThat(user.get("inactivity_timeout").asInt()).isZero();
    assertThat(user.get("disabled").asBoolean()).isFalse();
  }

  @Test
  @Covers({"nimble.create-user.missing", "nimble.common.error-shape"})
  void nameAndPasswordAreRequired() {
    Answer withoutName = create("password", array.newPassword());
    assertError(withoutName, 400, "SM_missing_arg", "arg", "name");
    assertThat(withoutName.json().get("messages")).hasSize(2);
    for (JsonNode message : withoutName.json().get("messages")) {
      assertThat(message.get("severity").asText()).isEqualTo("error");
      assertThat(message.get("text").asText()).isNotBlank();
    }
    assertError(create("name", newName()), 400, "SM_missing_arg", "arg", "password");
  }

  @Test
  @Covers("nimble.create-user.name")
  void nameIsOfLettersAndDigits() {
    String longest = (newName() + "x".repeat(32)).substring(0, 32);

    assertThat(create("name", longest, "password", array.newPassword()).status()).isEqualTo(201);
    for (String name : List.of("", "1" + newName(), newName() + "-", longest + "x", "a b")) {
      assertInvalid("name", create("name", name, "password", array.newPassword()));
    }
  }

  @Test
  @Covers("nimble.create-user.password")
  void passwordHasLengthAndCharacters() {
    assertThat(create("name", newName(), "password", "Pass-w0r").status()).isEqualTo(201);
    assertThat(create("name", newName(), "password", "Pw" + "~".repeat(253)).status())
        .isEqualTo(201);
    for (String password :
        List.of(
            "Pass-w0",
            "Pw" + "~".repeat(254),
            "Pass&word",
            "Pass;word",
            "Pass[word",
            "Pass]word",
            "Pass`word",
            "P\u00e4ssword")) {
      assertInvalid("password", create("name", newName(), "password", password));
    }
  }

  @Test
  @Covers("nimble.create-user.description")
  void descriptionIsOfPrintableAscii() {
    assertThat(with("description", "d ~".repeat(85)).status()).isEqualTo(201);
    for (String description : List.of("d".repeat(256), "a\tb", "\u00e4")) {
      assertInvalid("description", with("description", description));
    }
  }

  @Test
  @Covers("nimble.create-user.full-name")
  void fullNameBeginsWithALetter() {
    assertThat(with("full_name", "").status()).isEqualTo(201);
    assertThat(with("full_name", "A" + "b".repeat(63)).status()).isEqualTo(201);
    for (String name : List.of("1 Ann", "-Ann", "A" + "b".repeat(64), "Ann_Smith")) {
      assertInvalid("full_name", with("full_name", name));
    }
  }

  @Test
  @Covers("nimble.create-user.email")
  void mailAddressHasOneAtSignAndKeepsItsCase() {
    Answer kept = with("email_addr", "Bob@Example.COM");
    assertThat(kept.status()).isEqualTo(201);
    assertThat(kept.json().at("/data/email_addr").asText()).isEqualTo("Bob@Example.COM");
    for (String address : List.of("bob", "bob@", "@example.com", "a@b@c", "b".repeat(254) + "@x")) {
      assertInvalid("email_addr", with("email_addr", address));
    }
  }

  @Test
  @Covers("nimble.create-user.role")
  void roleIsOneOfFourAndBringsItsId() {
    Set<String> ids = new HashSet<>();
    for (String role : List.of("administrator", "poweruser", "operator", "guest")) {
      Answer answer = with("role", role);
      assertThat(answer.status()).as("with the role " + role).isEqualTo(201);
      assertThat(answer.json().at("/data/role").asText()).isEqualTo(role);
      assertThat(answer.json().at("/data/role_id").asText()).matches("[0-9a-f]{42}");
      ids.add(answer.json().at("/data/role_id").asText());
    }
    assertThat(ids).hasSize(4);
    for (String role : List.of("Guest", "root", "")) {
      assertInvalid("role", with("role", role));
    }
  }

  @Test
  @Covers("nimble.create-user.name-taken")
  void takenNameIsAConflictUnlessItsCaseDiffers() {
    User user = array.newUser();

    JsonNode message =
        assertError(create("name", user.name(), "password", array.newPassword()), 409, "SM_eexist");

    assertThat(message.get("text").asText()).startsWith("Object exists");
    String otherCase = user.name().toUpperCase(java.util.Locale.ROOT);
    assertThat(create("name", otherCase, "password", array.newPassword()).status()).isEqualTo(201);
  }

  @Test
  @Covers("nimble.create-user.administrators-only")
  void onlyAdministratorsCreateUsers() {
    User user = array.newUser(newName(), "role", "poweruser");

    Answer answer =
        array.create(
            array
                .in(array.logIn(user), "POST", USERS)
                .json(data("name", newName(), "password", array.newPassword())));

    assertError(answer, 403, "SM_eperm");
  }

  @Test
  @Covers({"nimble.create-user.fetch", "nimble.common.fetch"})
  void fetchIsAQueryAndCreatesNothing() {
    User user = array.newUser();

    Answer answer =
        array
            .request("POST", USERS)
            .json(query(criterion("name", "equals", "\"value\": \"" + user.name() + "\"")))
            .send();

    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.json().get("data"))
        .hasToString("[{\"id\":\"%s\",\"name\":\"%s\"}]".formatted(user.id(), user.name()));
    assertThat(answer.json().get("totalRows").asInt()).isEqualTo(1);
  }

  @Test
  @Covers("nimble.common.unexpected-arg")
  void unknownMemberIsNamedAndRefused() {
    assertError(with("nickname", "x"), 400, "SM_unexpected_arg", "arg", "nickname");
  }

  @Test
  @Covers("nimble.common.text-for-scalars")
  void textsStandForBooleansAndNumbers() {
    Answer answer = with("disabled", "true", "inactivity_timeout", "600");

    assertThat(answer.status()).isEqualTo(201);
    assertThat(answer.json().at("/data/disabled")).hasToString("true");
    assertThat(answer.json().at("/data/inactivity_timeout")).hasToString("600");
  }

  @Test
  @Covers({"nimble.common.content-type", "nimble.common.framework-errors"})
  void bodyIsReadUnderAnyContentType() {
    for (String type : List.of("text/plain", "application/x-www-form-urlencoded")) {
      Answer answer =
          array.create(
              array
                  .request("POST", USERS)
                  .json(data("name", newName(), "password", array.newPassword()))
                  .header("Content-Type", type)
                  .header("Accept", "text/html"));
      assertThat(answer.status()).as("sent as " + type).isEqualTo(201);
      assertThat(answer.header("Content-Type").orElse("")).startsWith("application/json");
    }
    Answer error = array.request("GET", USERS + "/x").header("Accept", "text/html").send();
    assertThat(error.header("Content-Type").orElse("")).startsWith("application/json");
    assertError(error, 400, "SM_invalid_path_variable");
  }

  private Answer with(Object... namesAndValues) {
    List<Object> members =
        new ArrayList<>(List.of("name", newName(), "password", array.newPassword()));
    members.addAll(List.of(namesAndValues));
    return create(members.toArray());
  }

  private Answer create(Object... namesAndValues) {
    return array.create(array.request("POST", USERS).json(data(namesAndValues)));
  }

  private static void assertInvalid(String member, Answer answer) {
    assertError(answer, 400, "SM_invalid_arg_value", "arg", member);
  }
}

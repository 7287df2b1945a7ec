package dev.roster.check.nimble;

import static dev.roster.check.nimble.NimbleArray.USER_MEMBERS;
import static dev.roster.check.nimble.NimbleArray.assertError;
import static dev.roster.check.nimble.NimbleArray.data;
import static dev.roster.check.nimble.NimbleArray.newName;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.roster.check.nimble.NimbleArray.Session;
import dev.roster.check.nimble.NimbleArray.User;
import dev.roster.testing.Answer;
import dev.roster.testing.Covers;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class UpdateUserBehaviours {

  @RegisterExtension final NimbleArray array = new NimbleArray();

  @Test
  @Covers("nimble.update-user.partial")
  void updateChangesWhatItNamesAndKeepsTheRest() {
    User user = array.newUser(newName(), "description", "before", "email_addr", "a@example.com");
    JsonNode before = array.read(user);

    Answer answer = update(user, "description", "after");

    assertThat(answer.status()).isEqualTo(200);
    ObjectNode expected = before.deepCopy();
    expected.put("description", "after");
    expected.set("last_modified", answer.json().at("/data/last_modified"));
    assertThat(answer.json().get("data")).isEqualTo(expected);
    assertThat(array.read(user)).isEqualTo(expected);
  }

  @Test
  @Covers("nimble.update-user.sample")
  void documentedDescriptionIsTakenAndAllMembersAnswered() {
    User user = array.newUser();
    String description =
        ("0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ-".repeat(5))
                .substring(0, 252)
            + "345";

    Answer answer = update(user, "description", description);

    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.json().get("data").fieldNames())
        .toIterable()
        .containsExactlyInAnyOrderElementsOf(USER_MEMBERS);
    assertThat(answer.json().at("/data/description").asText()).isEqualTo(description);
  }

  @Test
  @Covers("nimble.update-user.last-modified")
  void changeIsNotedAndNoChangeIsNot() {
    User user = array.newUser();
    long created = array.read(user).get("last_modified").asLong();

    long changed = update(user, "description", "x").json().at("/data/last_modified").asLong();
    long kept = update(user).json().at("/data/last_modified").asLong();

    assertThat(changed).isGreaterThanOrEqualTo(created);
    assertThat(kept).isEqualTo(changed);
  }

  @Test
  @Covers("nimble.update-user.search-name")
  void searchNameFollowsBothNames() {
    User user = array.newUser();
    assertThat(array.read(user).get("search_name").asText()).isEqualTo(" (" + user.name() + ")");

    Answer named = update(user, "full_name", "Ada Byron");
    assertThat(named.json().at("/data/search_name").asText())
        .isEqualTo("Ada Byron (" + user.name() + ")");
    String other = newName();
    assertThat(update(user, "name", other).json().at("/data/search_name").asText())
        .isEqualTo("Ada Byron (" + other + ")");
  }

  @Test
  @Covers("nimble.update-user.blank")
  void textsCanBeMadeEmpty() {
    User user =
        array.newUser(
            newName(), "description", "d", "full_name", "Ada", "email_addr", "a@example.com");

    Answer answer = update(user, "description", "", "full_name", "", "email_addr", "");

    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.json().at("/data/description").asText()).isEmpty();
    assertThat(answer.json().at("/data/full_name").asText()).isEmpty();
    assertThat(answer.json().at("/data/email_addr").asText()).isEmpty();
  }

  @Test
  @Covers("nimble.update-user.constraints")
  void limitsAreThoseOfNewUsers() {
    User user = array.newUser();
    JsonNode before = array.read(user);

    assertInvalid("name", update(user, "name", "1st"));
    assertInvalid("description", update(user, "description", "d".repeat(256)));
    assertInvalid("full_name", update(user, "full_name", "1 Ann"));
    assertInvalid("email_addr", update(user, "email_addr", "nobody"));
    assertInvalid("role", update(user, "role", "Guest"));
    assertThat(array.read(user)).isEqualTo(before);
  }

  @Test
  @Covers("nimble.update-user.rename")
  void newNameHoldsAtOnceAndTheOldOneIsFree() {
    User user = array.newUser();
    User other = array.newUser();
    String name = newName();

    assertError(update(user, "name", other.name()), 409, "SM_eexist");
    assertThat(update(user, "name", name).status()).isEqualTo(200);
    assertThat(array.tryToLogIn(name, user.password()).status()).isEqualTo(201);
    assertThat(array.tryToLogIn(user.name(), user.password()).status()).isEqualTo(401);
    assertThat(array.newUser(user.name()).id()).isNotEqualTo(user.id());
  }

  @Test
  @Covers("nimble.update-user.role")
  void roleBringsItsId() {
    User user = array.newUser();
    User operator = array.newUser(newName(), "role", "operator");

    Answer answer = update(user, "role", "operator");

    assertThat(answer.json().at("/data/role").asText()).isEqualTo("operator");
    assertThat(answer.json().at("/data/role_id").asText())
        .isEqualTo(array.read(operator).get("role_id").asText());
  }

  @Test
  @Covers({"nimble.update-user.password", "nimble.update-user.self-allowed"})
  void ownPasswordIsChangedWithThePresentOne() {
    User user = array.newUser();
    Session session = array.logIn(user);
    String password = array.newPassword();

    Answer answer =
        array
            .in(session, "PUT", user.path())
            .json(data("password", password, "auth_password", user.password()))
            .send();

    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.text()).doesNotContain(password);
    assertThat(array.tryToLogIn(user.name(), password).status()).isEqualTo(201);
    assertThat(array.tryToLogIn(user.name(), user.password()).status()).isEqualTo(401);
  }

  @Test
  @Covers("nimble.update-user.self-allowed")
  void usersChangeWhatIsTheirOwn() {
    User user = array.newUser();

    Answer answer =
        array
            .in(array.logIn(user), "PUT", user.path())
            .json(data("full_name", "Ada", "email_addr", "a@example.com", "description", "me"))
            .send();

    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.json().at("/data/full_name").asText()).isEqualTo("Ada");
    assertThat(answer.json().at("/data/email_addr").asText()).isEqualTo("a@example.com");
    assertThat(answer.json().at("/data/description").asText()).isEqualTo("me");
  }

  @Test
  @Covers("nimble.update-user.self-denied")
  void usersDoNotChangeTheirRightsThemselves() {
    User user = array.newUser();
    Session session = array.logIn(user);
    JsonNode before = array.read(user);

    for (List<Object> change :
        List.<List<Object>>of(
            List.of("name", newName()),
            List.of("role", "administrator"),
            List.of("disabled", true),
            List.of("inactivity_timeout", 43200))) {
      Answer answer = array.in(session, "PUT", user.path()).json(data(change.toArray())).send();
      assertError(answer, 403, "SM_eperm");
    }
    assertThat(array.read(user)).isEqualTo(before);
  }

  @Test
  @Covers("nimble.update-user.others-denied")
  void onlyAdministratorsChangeOthers() {
    User user = array.newUser();
    User other = array.newUser();

    Answer answer =
        array.in(array.logIn(user), "PUT", other.path()).json(data("description", "x")).send();

    assertError(answer, 403, "SM_eperm");
    assertThat(array.read(other).get("description").asText()).isEmpty();
  }

  @Test
  @Covers("nimble.common.role-at-once")
  void newRoleHoldsForLiveSessions() {
    User user = array.newUser();
    Session session = array.logIn(user);
    User other = array.newUser();
    String change = data("description", "x");
    assertError(array.in(session, "PUT", other.path()).json(change).send(), 403, "SM_eperm");

    assertThat(update(user, "role", "administrator").status()).isEqualTo(200);

    assertThat(array.in(session, "PUT", other.path()).json(change).send().status()).isEqualTo(200);
  }

  @Test
  @Covers("nimble.common.id-unknown")
  void unknownUserIsNotFound() {
    User user = array.newUser();
    assertThat(array.request("DELETE", user.path()).send().status()).isEqualTo(200);

    JsonNode message = assertError(update(user, "description", "x"), 404, "SM_enoent");

    assertThat(message.get("text").asText()).startsWith("No such object");
  }

  private Answer update(User user, Object... namesAndValues) {
    return array.request("PUT", user.path()).json(data(namesAndValues)).send();
  }

  private static void assertInvalid(String member, Answer answer) {
    assertError(answer, 400, "SM_invalid_arg_value", "arg", member);
  }
}

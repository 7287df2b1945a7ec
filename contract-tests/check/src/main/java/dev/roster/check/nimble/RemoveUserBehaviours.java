package dev.roster.check.nimble;

import static dev.roster.check.nimble.NimbleArray.USERS;
import static dev.roster.check.nimble.NimbleArray.assertError;
import static dev.roster.check.nimble.NimbleArray.data;
import static org.assertj.core.api.Assertions.assertThat;

import dev.roster.check.nimble.NimbleArray.Session;
import dev.roster.check.nimble.NimbleArray.User;
import dev.roster.testing.Answer;
import dev.roster.testing.Covers;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class RemoveUserBehaviours {

  /** More failed log-ins than any array can be set to permit. */
  private static final int FAILED_LOG_INS = 11;

  @RegisterExtension final NimbleArray array = new NimbleArray();

  @Test
  @Covers("nimble.delete-user.deleted")
  void deletedUserIsGoneWithItsSessionsAndItsNameIsFree() {
    User user = array.newUser();
    Session session = array.logIn(user);

    Answer answer = array.request("DELETE", user.path()).send();

    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.json()).hasToString("{}");
    assertError(array.request("GET", user.path()).send(), 404, "SM_enoent");
    assertError(array.request("DELETE", user.path()).send(), 404, "SM_enoent");
    assertError(array.in(session, "GET", USERS).send(), 401, "SM_auth");
    assertThat(array.newUser(user.name()).id()).isNotEqualTo(user.id());
  }

  @Test
  @Covers("nimble.delete-user.administrators-only")
  void onlyAdministratorsDeleteUsers() {
    User user = array.newUser(NimbleArray.newName(), "role", "poweruser");
    User other = array.newUser();

    assertError(array.in(array.logIn(user), "DELETE", other.path()).send(), 403, "SM_eperm");
    assertThat(array.read(other).get("name").asText()).isEqualTo(other.name());
  }

  @Test
  @Covers("nimble.common.id-malformed")
  void idThatIsNoneIsRefused() {
    assertError(array.request("DELETE", USERS + "/12345").send(), 400, "SM_invalid_path_variable");
  }

  @Test
  @Covers("nimble.unlock-user.unlocked")
  void unlockedUserCanLogInAgain() {
    User user = array.newUser();
    for (int i = 0; i < FAILED_LOG_INS; i++) {
      assertError(array.tryToLogIn(user.name(), "Wrong-pw" + i), 401, "SM_auth");
    }

    Answer answer =
        array.request("POST", user.path() + "/actions/unlock").json(data("id", user.id())).send();

    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.json().at("/data/id").asText()).isEqualTo(user.id());
    assertThat(answer.json().at("/data/auth_lock")).hasToString("false");
    assertThat(array.tryToLogIn(user.name(), user.password()).status()).isEqualTo(201);
  }

  @Test
  @Covers("nimble.unlock-user.body")
  void unlockNeedsNoBody() {
    User user = array.newUser();
    String path = user.path() + "/actions/unlock";

    assertThat(array.request("POST", path).send().status()).isEqualTo(200);
    assertThat(array.request("POST", path).json(data()).send().status()).isEqualTo(200);
  }

  @Test
  @Covers("nimble.unlock-user.administrators-only")
  void onlyAdministratorsUnlock() {
    User user = array.newUser(NimbleArray.newName(), "role", "poweruser");
    User other = array.newUser();

    assertError(
        array.in(array.logIn(user), "POST", other.path() + "/actions/unlock").send(),
        403,
        "SM_eperm");
  }
}

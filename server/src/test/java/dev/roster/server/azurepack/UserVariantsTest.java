package dev.roster.server.azurepack;

import static dev.roster.server.azurepack.PackErrorAssert.assertError;
import static dev.roster.server.azurepack.PackErrorAssert.assertInvalid;
import static dev.roster.server.azurepack.PackWorld.USERS;
import static dev.roster.server.azurepack.PackWorld.body;
import static dev.roster.server.azurepack.PackWorld.newName;
import static dev.roster.server.azurepack.PackWorld.user;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.roster.testing.Answer;
import dev.roster.testing.Call;
import dev.roster.testing.Covers;
import dev.roster.testing.DatabaseTestResource;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
@WithTestResource(DatabaseTestResource.class)
@TestProfile(UserVariantsTest.SecondVariants.class)
class UserVariantsTest {

  private static final String PRINCIPAL = "x-ms-principal-id";

  /** The second variant of every rule that has one, and providers that fail at once. */
  public static class SecondVariants implements QuarkusTestProfile {

    @Override
    public Map<String, String> getConfigOverrides() {
      return Map.of(
          "roster.choices.pack.common.principal-id", "required",
          "roster.choices.pack.update-user.replaces", "merge",
          "roster.pack.sync.failing-users", "fail-.*");
    }
  }

  @Inject PackWorld world;
  @Inject StoredUsers stored;

  private Answer send(String method, String target, String json) {
    return withPrincipal(world.call(method, target, json)).send();
  }

  private Answer send(String method, String target) {
    return withPrincipal(world.call(method, target)).send();
  }

  private static Call withPrincipal(Call call) {
    return call.header(PRINCIPAL, "PC\\Administrator");
  }

  private JsonNode newUser(String name) {
    Answer answer = send("POST", USERS, body(name));
    assertThat(answer.status()).as(answer.text()).isEqualTo(201);
    return answer.json();
  }

  @ParameterizedTest
  @NullSource
  @ValueSource(strings = {"", " "})
  @Covers("pack.common.principal-id")
  void requestWithoutPrincipalIsRefused(String principal) {
    String name = newName();
    newUser(name);
    List<String> row = stored.of(name);
    int before = stored.count();
    String token = "{\"Username\": \"%s\", \"TokenExpiryTime\": \"2013-06-28T05:15:30\"}";

    for (Call call :
        List.of(
            world.call("GET", USERS),
            world.call("POST", USERS, body(newName())),
            world.call("GET", user(name)),
            world.call("GET", user(newName())),
            world.call("PUT", user(name), body(name, 2)),
            world.call("DELETE", user(name)),
            world.call("POST", "/invalidusertokens", token.formatted(name)))) {
      Answer answer = (principal == null ? call : call.header(PRINCIPAL, principal)).send();

      assertError(answer, 400, "InvalidInput", "The header x-ms-principal-id is missing.");
    }

    assertThat(stored.of(name)).isEqualTo(row);
    assertThat(stored.count()).isEqualTo(before);
    assertThat(stored.query("select user_key from pack_invalid_token where user_key = ?", name))
        .isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"PC\\Administrator", "aaa%40bbb.com", "aaa@bbb.com", "-"})
  @Covers("pack.common.principal-id")
  void anyPrincipalWillDo(String principal) {
    String name = newName();
    JsonNode user = newUser(name);

    Answer answer = world.call("GET", user(name)).header("X-MS-Principal-Id", principal).send();

    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.json()).isEqualTo(user);
  }

  @ParameterizedTest
  @CsvSource({
    "'{}', , ",
    "'{\"Email\": \"new@example.test\"}', new@example.test, ",
    "'{\"State\": 2}', , 2",
    "'{\"State\": 0}', , 0",
    "'{\"Email\": null, \"State\": 2}', , 2",
    "'{\"Email\": \"new@example.test\", \"State\": 2}', new@example.test, 2"
  })
  @Covers({"pack.update-user.replaces", "pack.update-user.email-required"})
  void absentMembersStay(String json, String email, Integer state) {
    String name = newName();
    ObjectNode expected = newUser(name).deepCopy();
    if (email != null) {
      expected.put("Email", email);
    }
    if (state != null) {
      expected.put("State", state);
    }

    Answer answer = send("PUT", user(name), json);

    assertThat(answer.status()).as(answer.text()).isEqualTo(200);
    assertThat(answer.json()).isEqualTo(expected);
    assertThat(send("GET", user(name)).json()).isEqualTo(expected);
  }

  @Test
  @Covers("pack.update-user.replaces")
  void absentStateOfASuspendedUserStaysSuspended() {
    String name = newName();
    newUser(name);
    assertThat(send("PUT", user(name), "{\"State\": 2}").status()).isEqualTo(200);

    assertThat(
            send("PUT", user(name), "{\"Email\": \"new@example.test\"}")
                .json()
                .get("State")
                .numberValue())
        .isEqualTo(2);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " \\t"})
  @Covers("pack.update-user.email-required")
  void blankAddressIsStillRefused(String email) {
    String name = newName();
    newUser(name);
    List<String> row = stored.of(name);

    assertInvalid(
        send("PUT", user(name), "{\"Email\": \"%s\", \"State\": 2}".formatted(email)),
        "Email",
        "Email is required.");

    assertThat(stored.of(name)).isEqualTo(row);
  }

  @Test
  @Covers({"pack.common.sync-failure", "pack.common.sync-state"})
  void failureThatTakesNoTimeShowsInTheAnswer() {
    String name = "Fail-" + newName();

    Answer created = send("POST", USERS, body(name));

    assertThat(created.status()).isEqualTo(201);
    assertThat(created.json().get("ActivationSyncState").numberValue()).isEqualTo(2);
    assertThat(created.json().get("LastErrorMessage").asText())
        .isEqualTo(
            "One or more errors occurred while contacting the underlying resource providers. The operation may be partially completed. Details: The request to the underlying service has timed out.");
    assertThat(send("GET", user(name)).json()).isEqualTo(created.json());
    assertThat(send("PUT", user(name), body(name)).json()).isEqualTo(created.json());
  }

  @Test
  @Covers("pack.delete-user.failure")
  void deletionThatFailsAtOnceLeavesTheUserUntilItIsForced() {
    String name = "fail-" + newName();
    ObjectNode expected = newUser(name).deepCopy();
    expected.put("State", 3);

    for (String query : List.of("", "?deleteSubscriptions=True&force=False")) {
      assertThat(send("DELETE", user(name) + query).status()).isEqualTo(202);
      assertThat(send("GET", user(name)).json()).isEqualTo(expected);
    }
    assertError(
        send("PUT", user(name), body(name)),
        409,
        "Conflict",
        "The user '%s' is being deleted and cannot be changed.".formatted(name));

    assertThat(send("DELETE", user(name) + "?deleteSubscriptions=False&force=True").status())
        .isEqualTo(202);
    assertThat(stored.of(name)).isEmpty();
    assertThat(send("GET", user(name)).status()).isEqualTo(404);
  }
}

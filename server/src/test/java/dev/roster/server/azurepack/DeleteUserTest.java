package dev.roster.server.azurepack;

import static dev.roster.server.azurepack.PackErrorAssert.assertError;
import static dev.roster.server.azurepack.PackWorld.USERS;
import static dev.roster.server.azurepack.PackWorld.names;
import static dev.roster.server.azurepack.PackWorld.user;
import static org.assertj.core.api.Assertions.assertThat;

import dev.roster.testing.Answer;
import dev.roster.testing.Covers;
import dev.roster.testing.DatabaseTestResource;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
@WithTestResource(DatabaseTestResource.class)
class DeleteUserTest {

  @Inject PackWorld world;
  @Inject PackPorts ports;
  @Inject StoredUsers stored;

  private static void assertAccepted(Answer answer) {
    assertThat(answer.status()).as(answer.text()).isEqualTo(202);
    assertThat(answer.bytes()).isEmpty();
  }

  private String newUserWithSubscription() {
    String name = world.newUser();
    stored.change(name, "subscription_count = 1");
    return name;
  }

  @Test
  @Covers("pack.common.empty-answers")
  void answerWithoutBodyHasATypeAndALength() {
    for (String type : List.of("application/json", "application/xml")) {
      Answer answer = world.call("DELETE", user(world.newUser())).header("Accept", type).send();

      assertAccepted(answer);
      assertThat(answer.headers().get("content-length")).containsExactly("0");
      assertThat(answer.header("Content-Type").orElseThrow()).startsWith(type);
    }
  }

  @Test
  @Covers("pack.delete-user.accepted")
  void userIsGoneAtOnce() {
    String name = world.newUser();

    assertAccepted(world.delete(name));

    assertThat(stored.of(name)).isEmpty();
    assertError(
        world.get(user(name)),
        404,
        "ResourceNotFound",
        "The user '%s' was not found.".formatted(name));
    assertThat(names(world.get(USERS + "?filter=" + name))).isEmpty();
    assertThat(world.delete(name).status()).isEqualTo(404);
    world.newUser(name);
    assertThat(world.read(name).get("State").numberValue()).isEqualTo(1);
  }

  @ParameterizedTest
  @ValueSource(strings = {PackPorts.ADMIN, PackPorts.TENANT})
  @Covers("pack.delete-user.accepted")
  void bothInterfacesDelete(String port) {
    String name = world.newUser();

    assertAccepted(ports.call(port, "DELETE", user(name)).send());

    assertThat(stored.of(name)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "?deleteSubscriptions=False&force=False",
        "?DELETESUBSCRIPTIONS=fALSE",
        "?Force=false",
        "?deleteSubscriptions=&force="
      })
  @Covers({"pack.delete-user.subscriptions", "pack.delete-user.flags"})
  void userWithSubscriptionsStays(String query) {
    String name = newUserWithSubscription();
    List<String> row = stored.of(name);

    assertError(
        world.call("DELETE", user(name) + query).send(),
        409,
        "Conflict",
        "The user '%s' has subscriptions; delete them too, with deleteSubscriptions=True or force=True."
            .formatted(name));

    assertThat(stored.of(name)).isEqualTo(row);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "deleteSubscriptions=True&force=False",
        "deleteSubscriptions=False&force=True",
        "deleteSubscriptions=True&force=True",
        "deleteSubscriptions=true",
        "DELETESUBSCRIPTIONS=TRUE",
        "deletesubscriptions=tRuE",
        "Force=True",
        "FORCE=true"
      })
  @Covers({"pack.delete-user.subscriptions", "pack.delete-user.flags"})
  void userWithSubscriptionsGoesWithEitherFlag(String query) {
    String name = newUserWithSubscription();

    assertAccepted(world.call("DELETE", user(name) + "?" + query).send());

    assertThat(stored.of(name)).isEmpty();
    assertThat(world.get(user(name)).status()).isEqualTo(404);
  }

  @ParameterizedTest
  @CsvSource({
    "deleteSubscriptions=yes, yes, deleteSubscriptions",
    "DeleteSubscriptions=1, 1, deleteSubscriptions",
    "force=0, 0, force",
    "deleteSubscriptions=True&Force=maybe, maybe, force",
    "force=%20true, ' true', force"
  })
  @Covers("pack.delete-user.flags")
  void otherValuesOfFlagsAreRefused(String query, String value, String flag) {
    String name = world.newUser();
    List<String> row = stored.of(name);

    assertError(
        world.call("DELETE", user(name) + "?" + query).send(),
        400,
        "InvalidInput",
        "The value '%s' of the parameter '%s' is neither True nor False.".formatted(value, flag));

    assertThat(stored.of(name)).isEqualTo(row);
  }
}

package dev.roster.server.azurepack;

import static dev.roster.server.azurepack.PackErrorAssert.assertError;
import static dev.roster.server.azurepack.PackErrorAssert.assertInvalid;
import static dev.roster.server.azurepack.PackWorld.body;
import static dev.roster.server.azurepack.PackWorld.newName;
import static dev.roster.server.azurepack.PackWorld.user;
import static org.assertj.core.api.Assertions.assertThat;

import dev.roster.testing.Answer;
import dev.roster.testing.Covers;
import dev.roster.testing.DatabaseTestResource;
import dev.roster.testing.MutableClock;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
@WithTestResource(DatabaseTestResource.class)
class CreateUserTest {

  private static final String NAME_RULE =
      "Name has to have at most 256 characters, none of them a control character or one of"
          + " < > * % & : \\ ? /.";

  @Inject PackWorld world;
  @Inject StoredUsers stored;
  @Inject MutableClock clock;

  @AfterEach
  void resetClock() {
    clock.reset();
  }

  private static String named(String jsonText) {
    return "{\"Name\": \"%s\", \"Email\": \"a@example.test\", \"State\": 1}".formatted(jsonText);
  }

  @Test
  @Covers("pack.create-user.created")
  void theServiceFillsInWhatItOwns() {
    String name = newName();
    Instant now = clock.stop();

    Answer answer =
        world.post(
            """
            {"Name": "%1$s", "Email": "Mail-of-%1$s", "State": 2, "CreatedTime": "0001-01-01T00:00:00",
              "SubscriptionCount": 5, "ActivationSyncState": 2, "LastErrorMessage": "an error"}
            """
                .formatted(name));

    assertThat(answer.status()).isEqualTo(201);
    assertThat(answer.text())
        .isEqualTo(
            "{\"Name\":\"%1$s\",\"Email\":\"Mail-of-%1$s\",\"State\":2,\"CreatedTime\":\"%2$s\",\"SubscriptionCount\":0,\"ActivationSyncState\":0,\"LastErrorMessage\":null}"
                .formatted(name, now.toString().replace("Z", "")));
    assertThat(answer.header("Content-Type")).contains("application/json; charset=utf-8");
    assertThat(answer.header("Location")).isEmpty();
    assertThat(world.get(user(name)).text()).isEqualTo(answer.text());
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "\"%s\": null", "\"%s\": \"\"", "\"%s\": \" \\t \""})
  @Covers("pack.create-user.required")
  void everyMissingMemberIsNamed(String member) {
    int before = stored.count();
    String name = newName();

    assertInvalid(
        world.post(
            "{%s}".formatted(join("\"Email\": \"%s\"".formatted(name), member.formatted("Name")))),
        "Name",
        "Name is required.");
    assertInvalid(
        world.post(
            "{%s}".formatted(join("\"Name\": \"%s\"".formatted(name), member.formatted("Email")))),
        "Email",
        "Email is required.");
    assertInvalid(
        world.post("{%s}".formatted(join(member.formatted("Name"), member.formatted("Email")))),
        "Name",
        "Name is required.",
        "Email",
        "Email is required.");

    assertThat(stored.count()).isEqualTo(before);
  }

  private static String join(String first, String second) {
    return second.isEmpty() ? first : first + ", " + second;
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "%s",
        "First Last %s",
        "no-address-%s",
        "Zoë 名前 \uD83D\uDE00 %s",
        "!\"#$'()+,-.;=@[]^_`{|}~ %s"
      })
  @Covers("pack.create-user.name")
  void nameNeedsNoAddressAndTakesMostCharacters(String form) {
    String name = form.formatted(newName().replace("@example.test", ""));

    Answer answer = world.post(named(name.replace("\"", "\\\"")));

    assertThat(answer.status()).as(answer.text()).isEqualTo(201);
    assertThat(answer.json().get("Name").asText()).isEqualTo(name);
    assertThat(world.read(name)).isEqualTo(answer.json());
  }

  @Test
  @Covers("pack.create-user.name")
  void nameOfOneCharacterAndOf256AreTaken() {
    String shortest = "\u2603";
    String unique = newName();
    String longest = "x".repeat(256 - unique.length()) + unique;

    for (String name : List.of(shortest, longest)) {
      assertThat(world.post(named(name)).status()).isEqualTo(201);
      assertThat(world.read(name).get("Name").asText()).isEqualTo(name);
      assertThat(world.delete(name).status()).isEqualTo(202);
    }
    assertThat(longest).hasSize(256);
    assertInvalid(world.post(named(longest + "x")), "Name", NAME_RULE);
    assertThat(stored.of(longest + "x")).isEmpty();
  }

  @Test
  @Covers("pack.create-user.name")
  void blanksAtBothEndsAreNoPartOfTheName() {
    String name = newName();

    Answer answer = world.post(named(" \\t " + name + "  "));

    assertThat(answer.status()).isEqualTo(201);
    assertThat(answer.json().get("Name").asText()).isEqualTo(name);
    assertThat(world.read(name)).isEqualTo(answer.json());
    assertThat(world.post(named(name + " ")).status()).isEqualTo(409);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "<", ">", "*", "%", "&", ":", "\\\\", "?", "/", "\\u0000", "\\u0001", "\\n", "\\u001F",
        "\\u007F", "\\u0085", "\\uD800"
      })
  @Covers("pack.create-user.name")
  void charactersThatNoPathTakesAreRefused(String escaped) {
    int before = stored.count();

    assertInvalid(world.post(named("a" + escaped + newName())), "Name", NAME_RULE);

    assertThat(stored.count()).isEqualTo(before);
  }

  @ParameterizedTest
  @ValueSource(strings = {".", ".."})
  @Covers({"pack.create-user.name", "pack.common.names"})
  void namesThatNoPathCanHaveAreRefused(String name) {
    int before = stored.count();

    assertInvalid(
        world.post(named(name)),
        "Name",
        "Name has to be neither . nor .., which no path can have.");

    assertThat(stored.count()).isEqualTo(before);
  }

  @Test
  @Covers("pack.create-user.state")
  void missingStateIsPendingValidation() {
    String name = newName();

    Answer answer = world.post("{\"Name\": \"%1$s\", \"Email\": \"%1$s\"}".formatted(name));

    assertThat(answer.status()).isEqualTo(201);
    assertThat(answer.json().get("State").numberValue()).isEqualTo(0);
    assertThat(world.read(name)).isEqualTo(answer.json());
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2})
  @Covers("pack.create-user.state")
  void userBeginsInTheStateThatIsAskedFor(int state) {
    String name = newName();

    Answer answer = world.post(body(name, state));

    assertThat(answer.status()).isEqualTo(201);
    assertThat(answer.json().get("State").numberValue()).isEqualTo(state);
    assertThat(world.read(name)).isEqualTo(answer.json());
  }

  @ParameterizedTest
  @CsvSource({
    "3, 'State becomes DeletePending by a DELETE only.'",
    "'\"DeletePending\"', 'State becomes DeletePending by a DELETE only.'",
    "4, 'State has to be 0, 1, 2 or 3, or one of their names.'",
    "-1, 'State has to be 0, 1, 2 or 3, or one of their names.'",
    "1.5, 'State has to be 0, 1, 2 or 3, or one of their names.'",
    "null, 'State has to be 0, 1, 2 or 3, or one of their names.'",
    "'\"\"', 'State has to be 0, 1, 2 or 3, or one of their names.'",
    "'\"Deleted\"', 'State has to be 0, 1, 2 or 3, or one of their names.'"
  })
  @Covers("pack.create-user.state")
  void otherStatesAreRefused(String state, String message) {
    String name = newName();

    assertInvalid(
        world.post(
            "{\"Name\": \"%1$s\", \"Email\": \"%1$s\", \"State\": %2$s}".formatted(name, state)),
        "State",
        message);

    assertThat(stored.of(name)).isEmpty();
  }

  @Test
  @Covers("pack.create-user.duplicate")
  void nameThatIsTakenInAnyCaseChangesNothing() {
    String name = "Zoë." + newName();
    world.newUser(name);
    List<String> row = stored.of(name);
    int before = stored.count();

    for (String spelling : List.of(name, name.toUpperCase(Locale.ROOT))) {
      assertError(
          world.post(
              "{\"Name\": \"%s\", \"Email\": \"other@example.test\", \"State\": 2}"
                  .formatted(spelling)),
          409,
          "ResourceAlreadyExists",
          "The user '%s' already exists.".formatted(spelling));
    }

    assertThat(stored.of(name)).isEqualTo(row);
    assertThat(stored.count()).isEqualTo(before);
  }

  @Test
  @Covers("pack.create-user.email-shared")
  void twoUsersMayHaveOneAddress() {
    String first = newName();
    String second = newName();
    String body = "{\"Name\": \"%s\", \"Email\": \"shared@example.test\", \"State\": 1}";

    assertThat(world.post(body.formatted(first)).status()).isEqualTo(201);
    assertThat(world.post(body.formatted(second)).status()).isEqualTo(201);

    for (String name : List.of(first, second)) {
      assertThat(world.read(name).get("Email").asText()).isEqualTo("shared@example.test");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"\\u0000", "\\u001B", "\\uDC00", "\\uFFFF"})
  @Covers("pack.common.no-server-errors")
  void addressThatXmlCannotCarryIsRefused(String escaped) {
    String name = newName();

    assertInvalid(
        world.post("{\"Name\": \"%s\", \"Email\": \"a%s@b\"}".formatted(name, escaped)),
        "Email",
        "Email has to have at most 256 characters and no control character.");

    assertThat(stored.of(name)).isEmpty();
  }

  @Test
  @Covers("pack.common.no-server-errors")
  void addressOfMoreThan256CharactersIsRefused() {
    String name = newName();
    String body = "{\"Name\": \"%s\", \"Email\": \"%s\"}";

    assertInvalid(
        world.post(body.formatted(name, "x".repeat(257))),
        "Email",
        "Email has to have at most 256 characters and no control character.");
    assertThat(stored.of(name)).isEmpty();

    assertThat(world.post(body.formatted(name, "x".repeat(256))).status()).isEqualTo(201);
    assertThat(world.read(name).get("Email").asText()).hasSize(256);
  }
}

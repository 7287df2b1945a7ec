package dev.roster.server.nimble;

import static dev.roster.server.nimble.NimbleErrorAssert.assertCode;
import static dev.roster.server.nimble.NimbleErrorAssert.assertError;
import static dev.roster.server.nimble.NimbleWorld.USERS;
import static dev.roster.server.nimble.NimbleWorld.data;
import static org.assertj.core.api.Assertions.assertThat;

import dev.roster.server.nimble.NimbleWorld.TestUser;
import dev.roster.testing.Answer;
import dev.roster.testing.Call;
import dev.roster.testing.Covers;
import dev.roster.testing.DatabaseTestResource;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Bodies and their envelopes, of creating, changing and unlocking a user. */
@QuarkusTest
@WithTestResource(DatabaseTestResource.class)
class RequestBodiesTest {

  private static final int MEBIBYTE = 1024 * 1024;

  @Inject NimbleWorld world;
  @Inject StoredUsers stored;

  /** The operations that read a body, as verb and path. */
  private static List<String[]> operations(TestUser user) {
    return List.of(
        new String[] {"POST", USERS},
        new String[] {"PUT", user.path()},
        new String[] {"POST", user.path() + "/actions/unlock"});
  }

  private Call call(String[] operation) {
    return world.call(world.administrator(), operation[0], operation[1]);
  }

  /** Sends a body to each operation, all of which are to refuse it in the same way. */
  private void assertRefused(String body, String code, String... arguments) {
    TestUser user = world.newUser();
    List<String> before = stored.of(user);
    List<String> serials = stored.serials();

    for (String[] operation : operations(user)) {
      assertError(call(operation).body(body).send(), 400, code, arguments);
    }

    assertThat(stored.of(user)).isEqualTo(before);
    assertThat(stored.serials()).isEqualTo(serials);
    assertThat(world.delete(user.path()).status()).isEqualTo(200);
  }

  static Stream<String> malformed() {
    return Stream.of(
        "{",
        "}",
        "x",
        "data",
        "[]",
        "[{\"data\": {}}]",
        "\"data\"",
        "1",
        "true",
        "{'data': {}}",
        "{data: {}}",
        "{\"data\": {}",
        "{\"data\": {}}}",
        "{\"data\": {}} x",
        "{\"data\": {}} {}",
        "{\"data\": {\"description\": }}",
        "{\"data\": {\"description\": \"a\nb\"}}",
        "{\"data\": {\"description\": \"\\q\"}}",
        "{\"data\": {\"inactivity_timeout\": 007}}",
        "{\"data\": {\"inactivity_timeout\": NaN}}",
        "{\"data\": {},}",
        "data=%7B%7D",
        "{\"data\": {\"description\": " + "[".repeat(100_000) + "]".repeat(100_000) + "}}",
        "{\"data\": {\"inactivity_timeout\": " + "9".repeat(5_000) + "}}");
  }

  @ParameterizedTest
  @MethodSource("malformed")
  @Covers("nimble.common.body-malformed")
  void bodyThatIsNoJsonObjectIsRefused(String body) {
    assertRefused(body, "SM_invalid_arg");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " ", "null"})
  @Covers("nimble.common.body-malformed")
  void creationAndChangeNeedABody(String body) {
    TestUser user = world.newUser();

    for (String[] operation : operations(user).subList(0, 2)) {
      assertError(call(operation).body(body).send(), 400, "SM_invalid_arg");
      assertError(call(operation).send(), 400, "SM_invalid_arg");
    }
  }

  @Test
  @Covers("nimble.common.body-malformed")
  void bytesThatAreNoUtf8AreRefused() {
    TestUser user = world.newUser();
    List<String> before = stored.of(user);

    for (String[] operation : operations(user)) {
      assertError(
          world
              .raw(world.administrator(), operation[0], operation[1])
              .announcedBody(
                  data("\"description\": \"\u00ff\"").getBytes(StandardCharsets.ISO_8859_1))
              .send(),
          400,
          "SM_invalid_arg");
    }

    assertThat(stored.of(user)).isEqualTo(before);
  }

  @Test
  @Covers("nimble.common.body-malformed")
  void bodyHasUpToOneMebibyte() {
    TestUser user = world.newUser();
    String body = data("\"description\": \"d\"");
    String whole = body + " ".repeat(MEBIBYTE - body.length());

    assertThat(call(operations(user).get(1)).body(whole).send().status()).isEqualTo(200);
    assertThat(
            call(operations(user).get(1))
                .chunkedBody(whole.getBytes(StandardCharsets.UTF_8))
                .send()
                .status())
        .isEqualTo(200);
    List<String> before = stored.of(user);
    List<String> serials = stored.serials();
    for (String[] operation : operations(user)) {
      assertError(call(operation).body(whole + " ").send(), 400, "SM_invalid_arg");
      assertError(
          call(operation).chunkedBody((whole + " ").getBytes(StandardCharsets.UTF_8)).send(),
          400,
          "SM_invalid_arg");
    }
    assertThat(stored.of(user)).isEqualTo(before);
    assertThat(stored.serials()).isEqualTo(serials);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        "{\"data\": null}",
        "{\"data\": []}",
        "{\"data\": [{}]}",
        "{\"data\": \"{}\"}",
        "{\"data\": 1}",
        "{\"data\": true}",
        "{\"startRow\": 0}"
      })
  @Covers("nimble.common.data-missing")
  void dataHasToBeAnObject(String body) {
    assertRefused(body, "SM_missing_arg", "arg", "data");
  }

  @ParameterizedTest
  @CsvSource({
    "description, '\"d\"'",
    "name, '\"ann\"'",
    "Data, '{}'",
    "id, null",
    "fields, '\"id\"'",
    "sortBy, '\"id\"'",
    "'', 1"
  })
  @Covers("nimble.common.unexpected-child")
  void memberBesideDataIsNamed(String child, String value) {
    assertRefused(
        "{\"data\": {}, \"%s\": %s}".formatted(child, value),
        "SM_unexpected_child",
        "child",
        child);
    assertRefused(
        "{\"%s\": %s, \"data\": {}}".formatted(child, value),
        "SM_unexpected_child",
        "child",
        child);
  }

  @Test
  @Covers("nimble.common.unexpected-child")
  void rowNumbersMayStandBesideData() {
    TestUser user = world.newUser();

    Answer answer =
        world
            .call(
                world.administrator(),
                "PUT",
                user.path(),
                """
                {"startRow": 0, "endRow": 1, "pageSize": 1, "data": {"description": "d"}}
                """)
            .send();

    assertThat(answer.status()).as(answer.text()).isEqualTo(200);
    assertThat(world.user(user).get("description").asText()).isEqualTo("d");
  }

  @ParameterizedTest
  @CsvSource({
    "'\"add\"', add",
    "'\"FETCH\"', FETCH",
    "'\"fetch \"', 'fetch '",
    "'\"\"', ''",
    "1, 1",
    "true, true",
    "'[\"fetch\"]', ''",
    "'{}', ''"
  })
  @Covers("nimble.common.operation-unknown")
  void otherOperationIsUnknown(String json, String operationType) {
    assertRefused(
        "{\"data\": {}, \"operationType\": %s}".formatted(json),
        "SM_no_operation_found",
        "operationType",
        operationType);
  }

  @Test
  @Covers("nimble.common.operation-unknown")
  void changeAndUnlockingAreNoQueries() {
    TestUser user = world.newUser();
    List<String> before = stored.of(user);

    for (String[] operation : operations(user).subList(1, 3)) {
      assertError(
          call(operation).body("{\"data\": {}, \"operationType\": \"fetch\"}").send(),
          400,
          "SM_no_operation_found",
          "operationType",
          "fetch");
    }

    assertThat(stored.of(user)).isEqualTo(before);
  }

  @ParameterizedTest
  @ValueSource(strings = {"otp_type", "Description", "data", "password ", ""})
  @Covers("nimble.common.unexpected-arg")
  void memberThatNoOperationTakesIsNamed(String member) {
    assertRefused(data("\"%s\": {}".formatted(member)), "SM_unexpected_arg", "arg", member);
  }

  @Test
  @Covers("nimble.common.unexpected-arg")
  void longNameIsNotRepeatedInFull() {
    String kept = "n".repeat(255);

    assertRefused(data("\"%s\": 1".formatted(kept)), "SM_unexpected_arg", "arg", kept);
    assertRefused(
        data("\"%s\": 1".formatted(kept + "n")), "SM_unexpected_arg", "arg", kept + "...");
  }

  /** Texts that JSON can carry and UTF-8 cannot. */
  static Stream<String> halves() {
    return Stream.of(
        "\\ud800", "\\udc00", "a\\ud800b", "\\ude00\\ud83d", "n".repeat(300) + "\\ud800");
  }

  @ParameterizedTest
  @MethodSource("halves")
  @Covers("nimble.common.body-malformed")
  void nameWithHalfACharacterIsNoJson(String name) {
    assertRefused(data("\"%s\": 1".formatted(name)), "SM_invalid_arg");
    assertRefused("{\"data\": {}, \"%s\": 1}".formatted(name), "SM_invalid_arg");
  }

  @ParameterizedTest
  @MethodSource("halves")
  @Covers({"nimble.common.invalid-value", "nimble.common.operation-unknown"})
  void valueWithHalfACharacterIsRefused(String value) {
    TestUser user = world.newUser();
    List<String> before = stored.of(user);

    assertCode(
        call(operations(user).get(1))
            .body("{\"data\": {}, \"operationType\": \"%s\"}".formatted(value))
            .send(),
        400,
        "SM_no_operation_found");
    for (String member :
        List.of("name", "description", "role", "full_name", "email_addr", "inactivity_timeout")) {
      Answer answer = world.put(user.path(), "\"%s\": \"%s\"".formatted(member, value));
      assertThat(assertCode(answer, 400, "SM_invalid_arg_value").at("/arguments/arg").asText())
          .isEqualTo(member);
    }
    assertThat(stored.of(user)).isEqualTo(before);
  }

  @Test
  @Covers({"nimble.common.unexpected-arg", "nimble.common.invalid-value"})
  void longTextIsCutBetweenCharacters() {
    String kept = "n".repeat(254);
    String text = kept + "\uD83D\uDE00n";

    assertRefused(data("\"%s\": 1".formatted(text)), "SM_unexpected_arg", "arg", kept + "...");
    assertError(
        world.put(world.newUser().path(), "\"description\": \"%s\"".formatted(text)),
        400,
        "SM_invalid_arg_value",
        "arg",
        "description",
        "value",
        kept + "...");
  }

  @Test
  @Covers("nimble.common.null-member")
  void nullIsNoValueOfAnId() {
    TestUser user = world.newUser();

    for (String[] operation : operations(user).subList(1, 3)) {
      assertError(
          call(operation).body(data("\"id\": null")).send(),
          400,
          "SM_invalid_arg_value",
          "arg",
          "id",
          "value",
          "null");
    }
  }
}

package dev.roster.server.azurepack;

import static dev.roster.server.azurepack.PackErrorAssert.assertError;
import static dev.roster.server.azurepack.PackErrorAssert.assertInvalid;
import static dev.roster.server.azurepack.PackWorld.USERS;
import static dev.roster.server.azurepack.PackWorld.body;
import static dev.roster.server.azurepack.PackWorld.newName;
import static dev.roster.server.azurepack.PackWorld.user;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.roster.testing.Answer;
import dev.roster.testing.Covers;
import dev.roster.testing.DatabaseTestResource;
import dev.roster.testing.RawHttp;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Users in JSON, as they are answered and as they are read. */
@QuarkusTest
@WithTestResource(DatabaseTestResource.class)
class JsonBodiesTest {

  private static final int MEBIBYTE = 1024 * 1024;
  private static final String TOKEN =
      "{\"Username\": \"u@example.test\", \"TokenExpiryTime\": \"2013-06-28T05:15:30\"}";

  @Inject PackWorld world;
  @Inject ProviderState providers;

  /** A body for a user with one more member, or one member again, as the last one counts. */
  private static String with(String name, String member, String value) {
    String user = body(name);
    return "%s, \"%s\": %s}".formatted(user.substring(0, user.length() - 1), member, value);
  }

  private void assertUnchanged(String name, JsonNode before) {
    assertThat(world.read(name)).isEqualTo(before);
  }

  @Test
  @Covers("pack.common.json-form")
  void userHasAllMembersInOrderWithNullAndIntegers() {
    String name = newName();

    Answer created = world.post(body(name));

    String time = created.json().get("CreatedTime").asText();
    assertThat(created.text())
        .isEqualTo(
            ("{\"Name\":\"%1$s\",\"Email\":\"%1$s\",\"State\":1,\"CreatedTime\":\"%2$s\","
                    + "\"SubscriptionCount\":0,\"ActivationSyncState\":0,"
                    + "\"LastErrorMessage\":null}")
                .formatted(name, time));
    assertThat(world.get(user(name)).text()).isEqualTo(created.text());
    assertThat(world.put(name, body(name)).text()).isEqualTo(created.text());
    assertThat(world.get(USERS + "?filter=" + name).text())
        .startsWith("{\"items\":[" + created.text() + "],\"filteredTotalCount\":1,\"totalCount\":")
        .endsWith("}");
  }

  @Test
  @Covers("pack.common.json-form")
  void numbersAndTextsOfTheServiceKeepTheirPlaces() {
    String name = world.newUser();
    providers.set(name, 3, "Odd \"text\" <&> \u00fc");
    providers.beginDeletion(name);

    assertThat(world.get(user(name)).text())
        .startsWith("{\"Name\":\"%1$s\",\"Email\":\"%1$s\",\"State\":3,".formatted(name))
        .endsWith(
            "\"SubscriptionCount\":3,\"ActivationSyncState\":0,"
                + "\"LastErrorMessage\":\"Odd \\\"text\\\" <&> \u00fc\"}");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"name\": \"%1$s\", \"email\": \"e@x\", \"state\": \"suspended\"}",
        "{\"NAME\": \"%1$s\", \"EMAIL\": \"e@x\", \"STATE\": 2}",
        "{\"nAme\": \"%1$s\", \"eMail\": \"e@x\", \"sTate\": \"2\"}",
        "{\"Name\": \"x\", \"name\": \"%1$s\", \"State\": 0, \"Email\": \"e@x\", \"state\": 2}"
      })
  @Covers("pack.common.json-lenient")
  void namesOfMembersAreReadInAnyCase(String template) {
    String name = newName();
    String json = template.formatted(name);

    Answer created = world.post(json);

    assertThat(created.status()).as(created.text()).isEqualTo(201);
    assertThat(created.json().get("Name").asText()).isEqualTo(name);
    assertThat(created.json().get("Email").asText()).isEqualTo("e@x");
    assertThat(created.json().get("State").asInt()).isEqualTo(2);
    assertThat(world.put(name, json).text()).isEqualTo(created.text());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          0                    | 0
          1                    | 1
          2                    | 2
          "0"                  | 0
          "1"                  | 1
          "2"                  | 2
          "PendingValidation"  | 0
          "pendingvalidation"  | 0
          "Active"             | 1
          "active"             | 1
          "ACTIVE"             | 1
          "Suspended"          | 2
          "sUSPENDED"          | 2
          """)
  @Covers("pack.common.json-lenient")
  void stateIsANumberItsDigitsOrItsName(String sent, int state) {
    String name = newName();

    Answer created = world.post(with(name, "State", sent));

    assertThat(created.status()).as(created.text()).isEqualTo(201);
    assertThat(created.json().get("State").isInt()).isTrue();
    assertThat(created.json().get("State").asInt()).isEqualTo(state);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "0",
        "1",
        "2",
        "\"0\"",
        "\"2\"",
        "\"InSync\"",
        "\"insync\"",
        "\"Syncing\"",
        "\"SYNCING\"",
        "\"OutOfSync\"",
        "\"outofsync\""
      })
  @Covers("pack.common.json-lenient")
  void syncStateIsANumberItsDigitsOrItsName(String sent) {
    String name = newName();

    Answer created = world.post(with(name, "ActivationSyncState", sent));

    assertThat(created.status()).as(created.text()).isEqualTo(201);
    assertThat(created.json().get("ActivationSyncState").asInt()).isZero();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          State               | State has to be 0, 1, 2 or 3, or one of their names.
          CreatedTime         | CreatedTime has to be a time.
          SubscriptionCount   | SubscriptionCount has to be a whole number.
          ActivationSyncState | ActivationSyncState has to be 0, 1 or 2, or one of their names.
          """)
  @Covers("pack.common.json-lenient")
  void nullForWhatCannotBeNullIsRefused(String member, String message) {
    String name = newName();
    String known = world.newUser();
    JsonNode before = world.read(known);

    assertInvalid(world.post(with(name, member, "null")), member, message);
    assertInvalid(world.put(known, with(known, member, "null")), member, message);

    assertThat(world.get(user(name)).status()).isEqualTo(404);
    assertUnchanged(known, before);
  }

  @Test
  @Covers("pack.common.json-lenient")
  void nullForWhatCanBeNullIsTaken() {
    String name = world.newUser();

    Answer answer =
        world.put(
            name, "{\"Name\": null, \"Email\": \"e@x\", \"State\": 2, \"LastErrorMessage\": null}");

    assertThat(answer.status()).as(answer.text()).isEqualTo(200);
    assertThat(answer.json().get("Name").asText()).isEqualTo(name);
    assertThat(answer.json().get("State").asInt()).isEqualTo(2);
  }

  @Test
  @Covers("pack.common.json-lenient")
  void numbersAndTextsStandForEachOther() {
    String digits = newName().replaceAll("\\D", "");

    Answer created =
        world.post(
            "{\"Name\": %1$s, \"Email\": 5, \"State\": 1, \"SubscriptionCount\": \"7\"}"
                .formatted(digits));

    assertThat(created.status()).as(created.text()).isEqualTo(201);
    assertThat(created.json().get("Name").asText()).isEqualTo(digits);
    assertThat(created.json().get("Email").asText()).isEqualTo("5");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\"Phone\": \"1\"",
        "\"phone\": null",
        "\"\": true",
        "\"Names\": {\"Name\": [1, {\"State\": 9}]}",
        "\"State.\": 9",
        "\"__type\": \"User:#Microsoft\"",
        "\"Password\": [[[]]], \"Ids\": 1e400, \"\\u0000\": \"\\ud800\""
      })
  @Covers("pack.common.unknown-members")
  void unknownMembersArePassedOver(String members) {
    String name = newName();

    Answer created = world.post("{%s, %s".formatted(members, body(name).substring(1)));

    assertThat(created.status()).as(created.text()).isEqualTo(201);
    assertThat(created.json().fieldNames())
        .toIterable()
        .containsExactly(
            "Name",
            "Email",
            "State",
            "CreatedTime",
            "SubscriptionCount",
            "ActivationSyncState",
            "LastErrorMessage");
    Answer updated = world.put(name, "{%s, %s".formatted(members, body(name, 2).substring(1)));
    assertThat(updated.json().get("State").asInt()).isEqualTo(2);
    assertThat(
            world
                .call(
                    "POST", "/invalidusertokens", "{%s, %s".formatted(members, TOKEN.substring(1)))
                .send()
                .status())
        .isEqualTo(200);
  }

  /** A member with a value that is none of its type's. */
  record WrongType(String member, String value, String message) {}

  static Stream<WrongType> wrongTypes() {
    List<WrongType> cases = new ArrayList<>();
    for (String member : List.of("Name", "Email", "LastErrorMessage")) {
      for (String value : List.of("{}", "[]", "[\"a\"]", "{\"a\": 1}", "true", "false")) {
        cases.add(new WrongType(member, value, member + " has to be a text."));
      }
    }
    for (String value :
        List.of(
            "4",
            "-1",
            "1.5",
            "\"3.0\"",
            "\"\"",
            "\"Deleted\"",
            "\"4\"",
            "true",
            "{}",
            "[1]",
            "99999999999999999999")) {
      cases.add(
          new WrongType("State", value, "State has to be 0, 1, 2 or 3, or one of their names."));
    }
    for (String value : List.of("3", "-1", "\"Synching\"", "\"\"", "false", "{}", "[]")) {
      cases.add(
          new WrongType(
              "ActivationSyncState",
              value,
              "ActivationSyncState has to be 0, 1 or 2, or one of their names."));
    }
    for (String value :
        List.of("\"one\"", "\"\"", "1.5", "2147483648", "-2147483649", "true", "{}", "[0]")) {
      cases.add(
          new WrongType("SubscriptionCount", value, "SubscriptionCount has to be a whole number."));
    }
    for (String value :
        List.of("\"soon\"", "\"\"", "5", "true", "{}", "[]", "\"+10000-01-01T00:00:00\"")) {
      cases.add(new WrongType("CreatedTime", value, "CreatedTime has to be a time."));
    }
    return cases.stream();
  }

  @ParameterizedTest
  @MethodSource("wrongTypes")
  @Covers("pack.common.body-malformed")
  void memberOfTheWrongTypeIsRefused(WrongType wrong) {
    String name = newName();
    String known = world.newUser();
    JsonNode before = world.read(known);

    assertInvalid(
        world.post(with(name, wrong.member(), wrong.value())), wrong.member(), wrong.message());
    assertInvalid(
        world.put(known, with(known, wrong.member(), wrong.value())),
        wrong.member(),
        wrong.message());

    assertThat(world.get(user(name)).status()).isEqualTo(404);
    assertUnchanged(known, before);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          Username        | {}                      | Username has to be a text.
          Username        | true                    | Username has to be a text.
          TokenExpiryTime | {}                      | TokenExpiryTime has to be a time.
          TokenExpiryTime | "soon"                  | TokenExpiryTime has to be a time.
          TokenExpiryTime | null                    | TokenExpiryTime has to be a time.
          Id              | "a"                     | Id has to be a whole number.
          Id              | 9223372036854775808     | Id has to be a whole number.
          """)
  @Covers("pack.common.body-malformed")
  void memberOfATokenOfTheWrongTypeIsRefused(String member, String value, String message) {
    String json =
        "%s, \"%s\": %s}".formatted(TOKEN.substring(0, TOKEN.length() - 1), member, value);

    assertInvalid(world.call("POST", "/invalidusertokens", json).send(), member, message);
  }

  static Stream<String> noJson() {
    String good = body("nobody");
    return Stream.of(
        "{",
        "}",
        "x",
        "name=a",
        "<User/>",
        "\u0000",
        "{'Name': 'a'}",
        "{\"Name\": \"a\",}",
        "{\"Name\": \"a\nb\"}",
        "{\"Name\": 01}",
        "{\"State\": NaN}",
        good + " x",
        good + good,
        good + " // done",
        good + "\u0000",
        good.substring(0, good.length() - 1),
        "[".repeat(100_000),
        "{\"a\":".repeat(100_000),
        "{\"a\": " + "[".repeat(2_000) + "]".repeat(2_000) + "}",
        "{\"a\": " + "9".repeat(5_000) + "}");
  }

  @ParameterizedTest
  @MethodSource("noJson")
  @Covers("pack.common.body-malformed")
  void bodyThatIsNoJsonIsRefused(String text) {
    assertRefused(text, "The body is not JSON.");
  }

  @ParameterizedTest
  @ValueSource(strings = {"[]", "[{}]", "\"text\"", "1", "true", "null", " ", "\r\n\t"})
  @Covers("pack.common.body-malformed")
  void jsonThatIsNoObjectIsRefused(String text) {
    assertRefused(text, "The body is no JSON object.");
  }

  private void assertRefused(String text, String message) {
    String known = world.newUser();
    JsonNode before = world.read(known);
    for (Answer answer :
        List.of(
            world.post(text),
            world.put(known, text),
            world.call("POST", "/invalidusertokens", text).send())) {
      assertError(answer, 400, "InvalidInput", message);
    }
    assertUnchanged(known, before);
  }

  @ParameterizedTest
  @ValueSource(strings = {"application/json", "application/xml", "text/json"})
  @Covers("pack.common.body-malformed")
  void missingBodyIsRefused(String contentType) {
    String known = world.newUser();
    JsonNode before = world.read(known);
    for (String target : List.of(USERS, user(known), "/invalidusertokens")) {
      String method = target.equals(user(known)) ? "PUT" : "POST";
      for (RawHttp request :
          List.of(
              world.raw(method, target),
              world.raw(method, target).announcedBody(new byte[0]),
              world
                  .raw(method, target)
                  .header("Transfer-Encoding", "chunked")
                  .body("0\r\n\r\n".getBytes(StandardCharsets.UTF_8)))) {
        request.header("Accept", "application/json");
        assertError(request.send(), 400, "InvalidInput", "The body is missing.");
        request.header("Content-Type", contentType);
        assertError(request.send(), 400, "InvalidInput", "The body is missing.");
      }
    }
    assertUnchanged(known, before);
  }

  @Test
  @Covers("pack.common.body-malformed")
  void bodyOfOneMebibyteIsTaken() {
    String name = newName();
    byte[] largest = padded(body(name), MEBIBYTE);

    assertThat(
            world
                .raw("POST", USERS)
                .header("Content-Type", "application/json")
                .announcedBody(largest)
                .send()
                .status())
        .isEqualTo(201);
    Answer updated =
        world
            .call("PUT", user(name))
            .header("Content-Type", "application/json")
            .chunkedBody(padded(body(name, 2), MEBIBYTE))
            .send();
    assertThat(updated.status()).as(updated.text()).isEqualTo(200);
    assertThat(updated.json().get("State").asInt()).isEqualTo(2);
  }

  @ParameterizedTest
  @ValueSource(ints = {MEBIBYTE + 1, 10 * MEBIBYTE})
  @Covers("pack.common.body-malformed")
  void largerBodyIsRefused(int size) {
    String name = newName();
    String known = world.newUser();
    JsonNode before = world.read(known);

    assertError(
        world
            .raw("POST", USERS)
            .header("Content-Type", "application/json")
            .announcedBody(padded(body(name), size))
            .send(),
        400,
        "InvalidInput",
        "The body is larger than 1 MiB.");
    assertError(
        world
            .call("PUT", user(known))
            .header("Content-Type", "application/json")
            .chunkedBody(padded(body(known, 2), size))
            .send(),
        400,
        "InvalidInput",
        "The body is larger than 1 MiB.");

    assertThat(world.get(user(name)).status()).isEqualTo(404);
    assertUnchanged(known, before);
  }

  private static byte[] padded(String json, int size) {
    return (json + " ".repeat(size - json.length())).getBytes(StandardCharsets.UTF_8);
  }

  @Test
  @Covers("pack.common.no-server-errors")
  void chunkedBodyMayHaveATrailer() {
    String name = world.newUser();
    String json = body(name, 2);

    for (String trailer : List.of("X-T: 1\r\n", "X-T: 1\r\nX-U: 2\r\n")) {
      Answer answer =
          world
              .raw("PUT", user(name))
              .header("Content-Type", "application/json")
              .header("Transfer-Encoding", "chunked")
              .body(
                  "%x\r\n%s\r\n0\r\n%s\r\n"
                      .formatted(json.length(), json, trailer)
                      .getBytes(StandardCharsets.UTF_8))
              .send();

      assertThat(answer.status()).as(answer.text()).isEqualTo(200);
    }
  }
}

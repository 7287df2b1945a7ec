package dev.roster.server.nimble;

import static dev.roster.server.nimble.NimbleErrorAssert.assertError;
import static dev.roster.server.nimble.NimbleWorld.PASSWORD;
import static dev.roster.server.nimble.NimbleWorld.USERS;
import static dev.roster.server.nimble.NimbleWorld.newName;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.roster.server.nimble.NimbleWorld.TestUser;
import dev.roster.testing.Answer;
import dev.roster.testing.Covers;
import dev.roster.testing.DatabaseTestResource;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The values at both sides of every limit, of a new user and of a change alike. */
@QuarkusTest
@WithTestResource(DatabaseTestResource.class)
class UserValuesTest {

  /** Longer values are not repeated in full. */
  private static final int REPEATED = 255;

  private static final String PRINTABLE =
      IntStream.rangeClosed(' ', '~')
          .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
          .toString();

  /** Characters of no type: those that are not printable, and those that are not ASCII. */
  private static final List<String> FOREIGN =
      List.of(
          "\0",
          "\b",
          "\t",
          "\n",
          "\r",
          "\u001f",
          "\u007f",
          "\u0080",
          "\u00a0",
          "\u00e4",
          "\u0663",
          "\u2028",
          "\u20ac",
          "\uff21",
          "\uD83D\uDE00");

  @Inject NimbleWorld world;
  @Inject StoredUsers stored;

  private static Stream<String> printable(String excluding) {
    return PRINTABLE.chars().mapToObj(Character::toString).filter(c -> !excluding.contains(c));
  }

  private static String json(String value) {
    return TextNode.valueOf(value).toString();
  }

  /** What stands in data of a new user, with a value for one member. */
  private static String newUser(String member, String json) {
    StringBuilder data = new StringBuilder("\"%s\": %s".formatted(member, json));
    if (!member.equals("name")) {
      data.append(", \"name\": \"%s\"".formatted(newName("value")));
    }
    if (!member.equals("password")) {
      data.append(", \"password\": \"%s\"".formatted(PASSWORD));
    }
    return data.toString();
  }

  /** What stands in data of a change of one member. */
  private static String change(String member, String json) {
    return "\"%s\": %s".formatted(member, json)
        + (member.equals("password") ? ", \"auth_password\": \"admin\"" : "");
  }

  /** Sends a value in both ways, and gives the members of the two users. */
  private List<JsonNode> accepted(String member, String json) {
    Answer created = world.post(USERS, newUser(member, json));
    assertThat(created.status()).as(created.text()).isEqualTo(201);
    String path = USERS + "/" + created.json().at("/data/id").asText();
    JsonNode read = world.get(path).json();
    assertThat(read).isEqualTo(created.json());
    // A name is free again, and the array does not fill up.
    assertThat(world.delete(path).status()).isEqualTo(200);

    TestUser user = world.newUser();
    Answer changed = world.put(user.path(), change(member, json));
    assertThat(changed.status()).as(changed.text()).isEqualTo(200);
    JsonNode stored = world.user(user);
    assertThat(stored).isEqualTo(changed.json().get("data"));
    assertThat(world.delete(user.path()).status()).isEqualTo(200);
    return List.of(read.at("/data/" + member), stored.path(member));
  }

  private void assertKept(String member, String value) {
    assertThat(accepted(member, json(value)))
        .extracting(JsonNode::textValue)
        .containsExactly(value, value);
  }

  /** Sends a value in both ways, and checks that it is refused and nothing happens. */
  private void assertRefused(String member, String json, String... repeated) {
    List<String> arguments = new ArrayList<>(List.of("arg", member));
    for (String value : repeated) {
      arguments.add("value");
      arguments.add(value.length() <= REPEATED ? value : value.substring(0, REPEATED) + "...");
    }
    String[] expected = arguments.toArray(String[]::new);
    TestUser user = world.newUser(newName("value"), "\"disabled\": true");
    List<String> before = stored.of(user);
    List<String> serials = stored.serials();

    assertError(world.post(USERS, newUser(member, json)), 400, "SM_invalid_arg_value", expected);
    assertError(
        world.put(user.path(), "\"disabled\": false, " + change(member, json)),
        400,
        "SM_invalid_arg_value",
        expected);

    assertThat(stored.serials()).isEqualTo(serials);
    assertThat(stored.of(user)).isEqualTo(before);
    assertThat(world.delete(user.path()).status()).isEqualTo(200);
  }

  private void assertTextRefused(String member, String value) {
    assertRefused(member, json(value), value);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Q",
        "z",
        "A0",
        "abcdefghijklmnopqrstuvwxyz012345",
        "ZYXWVUTSRQPONMLKJIHGFEDCBA678901"
      })
  @Covers({"nimble.create-user.name", "nimble.update-user.constraints"})
  void nameHasUpTo32LettersAndDigits(String name) {
    assertKept("name", name);
  }

  static Stream<String> otherNames() {
    return Stream.of(
            Stream.of("", "a".repeat(33), "a".repeat(256), "0a", "9", "0123456", "user1\n", " a"),
            Stream.concat(printable("").filter(c -> !c.matches("[A-Za-z0-9]")), FOREIGN.stream())
                .map(c -> "ab" + c + "cd"))
        .flatMap(names -> names);
  }

  @ParameterizedTest
  @MethodSource("otherNames")
  @Covers({
    "nimble.create-user.name",
    "nimble.update-user.constraints",
    "nimble.common.invalid-value"
  })
  void otherNameIsRefused(String name) {
    assertTextRefused("name", name);
  }

  static Stream<String> passwords() {
    String all = printable("&;[]`").reduce("", String::concat);
    return Stream.of(
        "12345678",
        "        ",
        " begins and ends blank ",
        all,
        "x".repeat(254),
        "x".repeat(255),
        all + "y".repeat(255 - all.length()));
  }

  @ParameterizedTest
  @MethodSource("passwords")
  @Covers({
    "nimble.create-user.password",
    "nimble.update-user.constraints",
    "nimble.update-user.password"
  })
  void passwordOf8To255CharactersHolds(String password) {
    String name = newName("value");
    Answer created =
        world.post(USERS, "\"name\": \"%s\", \"password\": %s".formatted(name, json(password)));
    TestUser changed = world.newUser();

    assertThat(created.status()).isEqualTo(201);
    assertThat(world.put(changed.path(), change("password", json(password))).status())
        .isEqualTo(200);

    for (String user : List.of(name, changed.name())) {
      assertThat(logIn(user, password).status()).isEqualTo(201);
      assertThat(logIn(user, password.substring(1)).status()).isEqualTo(401);
      assertThat(logIn(user, password + "x").status()).isIn(400, 401);
    }
  }

  private Answer logIn(String name, String password) {
    return world
        .anonymous("POST", NimbleWorld.TOKENS)
        .body(
            NimbleWorld.data(
                "\"username\": \"%s\", \"password\": %s".formatted(name, json(password))))
        .send();
  }

  static Stream<String> otherPasswords() {
    return Stream.concat(
        Stream.of("", "x", "1234567", "x".repeat(256), "pass91*", "password-91\n"),
        Stream.concat(Stream.of("&", ";", "[", "]", "`"), FOREIGN.stream())
            .map(c -> "pass" + c + "word"));
  }

  @ParameterizedTest
  @MethodSource("otherPasswords")
  @Covers({
    "nimble.create-user.password",
    "nimble.update-user.constraints",
    "nimble.common.invalid-value"
  })
  void otherPasswordIsRefusedAndNotRepeated(String password) {
    assertRefused("password", json(password));
  }

  @ParameterizedTest
  @ValueSource(strings = {"12345678", "true", "[\"password-91\"]", "{\"password-91\": 1}", "null"})
  @Covers("nimble.common.invalid-value")
  void passwordThatIsNoTextIsRefusedAndNotRepeated(String json) {
    assertRefused("password", json);
  }

  static Stream<String> descriptions() {
    return Stream.of(
        "",
        " ",
        PRINTABLE,
        "d".repeat(254),
        "d".repeat(255),
        PRINTABLE.repeat(3).substring(0, 255));
  }

  @ParameterizedTest
  @MethodSource("descriptions")
  @Covers({"nimble.create-user.description", "nimble.update-user.constraints"})
  void descriptionHasUpTo255PrintableCharacters(String description) {
    assertKept("description", description);
  }

  static Stream<String> otherDescriptions() {
    return Stream.concat(
        Stream.of("d".repeat(256), "d".repeat(5000), "ends\n", "\n"),
        FOREIGN.stream().map(c -> "a" + c + "b"));
  }

  @ParameterizedTest
  @MethodSource("otherDescriptions")
  @Covers({
    "nimble.create-user.description",
    "nimble.update-user.constraints",
    "nimble.common.invalid-value"
  })
  void otherDescriptionIsRefused(String description) {
    assertTextRefused("description", description);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "A",
        "User-13 Peterson",
        "O'Hara",
        "x - ' ",
        "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789- ",
        "Zabcdefghijklmnopqrstuvwxyzabcdefghijklmnopqrstuvwxyz0123456789"
      })
  @Covers({"nimble.create-user.full-name", "nimble.update-user.constraints"})
  void fullNameHasUpTo64Characters(String fullName) {
    assertKept("full_name", fullName);
  }

  static Stream<String> otherFullNames() {
    return Stream.of(
            Stream.of("a".repeat(65), "a".repeat(256), "1a", " a", "'a", "-a", " ", "Ann\n"),
            Stream.concat(printable("").filter(c -> !c.matches("[A-Za-z0-9 '-]")), FOREIGN.stream())
                .map(c -> "Ann" + c + "Bee"))
        .flatMap(names -> names);
  }

  @ParameterizedTest
  @MethodSource("otherFullNames")
  @Covers({
    "nimble.create-user.full-name",
    "nimble.update-user.constraints",
    "nimble.common.invalid-value"
  })
  void otherFullNameIsRefused(String fullName) {
    assertTextRefused("full_name", fullName);
  }

  static Stream<String> addresses() {
    String all = printable(" @").reduce("", String::concat);
    return Stream.of(
        "",
        "a@b",
        "bob@wikipedia.com",
        "Bob.O'Hara+x@Example.COM",
        all + "@b",
        "a@" + all,
        "a".repeat(251) + "@b",
        "a".repeat(252) + "@b",
        "a@" + "b".repeat(252));
  }

  @ParameterizedTest
  @MethodSource("addresses")
  @Covers({"nimble.create-user.email", "nimble.update-user.constraints"})
  void addressIsKeptInItsCase(String address) {
    assertKept("email_addr", address);
  }

  static Stream<String> otherAddresses() {
    return Stream.concat(
        Stream.of(
            "@",
            "a",
            "a@",
            "@b",
            "a@@b",
            "a@b@c",
            "@a@b",
            "a b@c",
            "a@b c",
            " a@b",
            "a@b ",
            "a@b\n",
            " ",
            "a".repeat(253) + "@b",
            "a@" + "b".repeat(253)),
        FOREIGN.stream().flatMap(c -> Stream.of("a" + c + "@b", "a@b" + c)));
  }

  @ParameterizedTest
  @MethodSource("otherAddresses")
  @Covers({
    "nimble.create-user.email",
    "nimble.update-user.constraints",
    "nimble.common.invalid-value"
  })
  void otherAddressIsRefused(String address) {
    assertTextRefused("email_addr", address);
  }

  @ParameterizedTest
  @CsvSource({
    "0, 0",
    "1, 1",
    "43199, 43199",
    "43200, 43200",
    "\"0\", 0",
    "\"60\", 60",
    "\"0060\", 60",
    "\"43200\", 43200"
  })
  @Covers({
    "nimble.create-user.inactivity-timeout",
    "nimble.update-user.constraints",
    "nimble.common.text-for-scalars"
  })
  void timeoutIsUpToTwelveHoursAndMayBeATextOfDigits(String json, long seconds) {
    assertThat(accepted("inactivity_timeout", json))
        .allSatisfy(
            value -> {
              assertThat(value.isIntegralNumber()).isTrue();
              assertThat(value.longValue()).isEqualTo(seconds);
            });
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "-1 | -1",
        "43201 | 43201",
        "9223372036854775807 | 9223372036854775807",
        "9223372036854775808 | 9223372036854775808",
        "18446744073709551615 | 18446744073709551615",
        "1.5 | 1.5",
        "\"-1\" | -1",
        "\"43201\" | 43201",
        "\"99999999999999999999999\" | 99999999999999999999999",
        "\"60s\" | 60s",
        "\"6 0\" | 6 0",
        "\"60.0\" | 60.0",
        "\"+60\" | +60",
        "\"0x10\" | 0x10",
        "\"\\u0663\" | \u0663",
        "\"\" | ''",
        "true | true",
        "[60] | array",
        "{\"seconds\": 60} | object"
      })
  @Covers({
    "nimble.create-user.inactivity-timeout",
    "nimble.update-user.constraints",
    "nimble.common.invalid-value"
  })
  void otherTimeoutIsRefused(String json, String repeated) {
    assertRefused("inactivity_timeout", json, repeated);
  }

  @ParameterizedTest
  @CsvSource({"true, true", "false, false", "\"true\", true", "\"false\", false"})
  @Covers("nimble.common.text-for-scalars")
  void flagMayBeAText(String json, boolean disabled) {
    assertThat(accepted("disabled", json))
        .allSatisfy(
            value -> {
              assertThat(value.isBoolean()).isTrue();
              assertThat(value.booleanValue()).isEqualTo(disabled);
            });
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "1 | 1",
        "0 | 0",
        "\"True\" | True",
        "\"FALSE\" | FALSE",
        "\"yes\" | yes",
        "\" true\" | ' true'",
        "\"1\" | 1",
        "\"\" | ''",
        "[true] | array",
        "{} | object"
      })
  @Covers({"nimble.common.invalid-value", "nimble.common.text-for-scalars"})
  void otherFlagIsRefused(String json, String repeated) {
    assertRefused("disabled", json, repeated);
  }

  @ParameterizedTest
  @ValueSource(strings = {"administrator", "poweruser", "operator", "guest"})
  @Covers({"nimble.create-user.role", "nimble.update-user.constraints"})
  void roleIsOneOfFour(String role) {
    assertKept("role", role);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "\"Guest\" | Guest",
        "\"ADMINISTRATOR\" | ADMINISTRATOR",
        "\"admin\" | admin",
        "\"guest \" | 'guest '",
        "\"\" | ''",
        "\"1500000000000004d3000000000000000000000004\" | 1500000000000004d3000000000000000000000004",
        "4 | 4",
        "true | true",
        "[\"guest\"] | array",
        "{\"role\": \"guest\"} | object"
      })
  @Covers({
    "nimble.create-user.role",
    "nimble.update-user.constraints",
    "nimble.common.invalid-value"
  })
  void otherRoleIsRefused(String json, String repeated) {
    assertRefused("role", json, repeated);
  }

  static Stream<String> textMembers() {
    return Stream.of("name", "description", "full_name", "email_addr");
  }

  @ParameterizedTest
  @MethodSource("textMembers")
  @Covers("nimble.common.invalid-value")
  void textOfAnotherKindIsRefused(String member) {
    assertRefused(member, "1", "1");
    assertRefused(member, "1.50", "1.50");
    assertRefused(member, "true", "true");
    assertRefused(member, "[]", "array");
    assertRefused(member, "{\"a\": \"b\"}", "object");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "name",
        "description",
        "role",
        "inactivity_timeout",
        "full_name",
        "email_addr",
        "disabled"
      })
  @Covers("nimble.common.null-member")
  void nullIsNoValue(String member) {
    assertRefused(member, "null", "null");
  }
}

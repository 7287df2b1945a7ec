package dev.roster.server.nimble;

import static dev.roster.server.nimble.NimbleErrorAssert.assertError;
import static dev.roster.server.nimble.NimbleWorld.NOBODY;
import static dev.roster.server.nimble.NimbleWorld.USERS;
import static org.assertj.core.api.Assertions.assertThat;

import dev.roster.server.nimble.NimbleWorld.TestUser;
import dev.roster.testing.Answer;
import dev.roster.testing.Covers;
import dev.roster.testing.DatabaseTestResource;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
@WithTestResource(DatabaseTestResource.class)
class UserIdsTest {

  @Inject NimbleWorld world;
  @Inject StoredUsers stored;

  private List<Answer> everyOperationOn(String id) {
    String path = USERS + "/" + id;
    return List.of(
        world.get(path),
        world.get(path + "?fields=id"),
        world.put(path, "\"description\": \"lost\""),
        world.put(path, ""),
        world.delete(path),
        world.post(path + "/actions/unlock", ""));
  }

  @Test
  @Covers("nimble.common.object-ids")
  void idHasTypeGroupAndASerialNumberThatIsNeverGivenTwice() {
    TestUser first = world.newUser();
    TestUser second = world.newUser();
    assertThat(world.delete(second.path()).status()).isEqualTo(200);
    assertThat(world.delete(first.path()).status()).isEqualTo(200);
    TestUser third = world.newUser();

    assertThat(List.of(first.id(), second.id(), third.id()))
        .allMatch(id -> id.matches("1000000000000004d3[0-9a-f]{24}"))
        .isSorted()
        .doesNotHaveDuplicates();
    String roleId = world.user(third).get("role_id").asText();
    assertThat(roleId).matches("1500000000000004d3[0-9a-f]{24}");
    assertThat(world.logIn(third).id()).matches("1900000000000004d3[0-9a-f]{24}");
  }

  @Test
  @Covers("nimble.common.object-ids")
  void idIsFoundInUpperCase() {
    TestUser user = world.newUser();
    String upper = USERS + "/" + user.id().toUpperCase(Locale.ROOT);
    assertThat(upper).contains("04D3");

    Answer changed = world.put(upper, "\"description\": \"d\"");
    assertThat(changed.status()).isEqualTo(200);
    assertThat(changed.json().at("/data/id").asText()).isEqualTo(user.id());
    assertThat(world.get(upper).json()).isEqualTo(changed.json());
    assertThat(world.post(upper + "/actions/unlock", "").json().at("/data/id").asText())
        .isEqualTo(user.id());
    assertThat(world.delete(upper).status()).isEqualTo(200);
    assertThat(stored.of(user)).isEmpty();
    assertError(world.get(upper), 404, "SM_enoent", "id", user.id());
  }

  @ParameterizedTest
  @CsvSource({
    "admin, admin",
    "1, 1",
    "1000000000000004d300000000000000000000003, 1000000000000004d300000000000000000000003",
    "1000000000000004d30000000000000000000000003, 1000000000000004d30000000000000000000000003",
    "1000000000000004d300000000000000000000000g, 1000000000000004d300000000000000000000000g",
    "1000000000000004d3-00000000000000000000003, 1000000000000004d3-00000000000000000000003",
    "1000000000000004d300000000000000000000003%20, '1000000000000004d300000000000000000000003 '",
    "%EF%BC%91000000000000004d3000000000000000000000003, "
        + "\uff11000000000000004d3000000000000000000000003",
    "%7Bid%7D, {id}"
  })
  @Covers("nimble.common.id-malformed")
  void idThatIsNot42HexadecimalDigitsIsRefused(String encoded, String id) {
    for (Answer answer : everyOperationOn(encoded)) {
      assertError(answer, 400, "SM_invalid_path_variable", "id", id);
    }
  }

  @Test
  @Covers("nimble.common.id-malformed")
  void longIdIsNotRepeatedInFull() {
    for (Answer answer : everyOperationOn("a".repeat(300))) {
      assertError(answer, 400, "SM_invalid_path_variable", "id", "a".repeat(255) + "...");
    }
  }

  static Stream<String> unknownIds() {
    return Stream.of(
        NOBODY,
        NOBODY.toUpperCase(Locale.ROOT),
        "1000000000000004d3000000000000000000000000",
        "1000000000000004d3000000007fffffffffffffff",
        "1000000000000004d3000000008000000000000000",
        "1000000000000004d3ffffffffffffffffffffffff",
        "ffffffffffffffffffffffffffffffffffffffffff",
        "000000000000000000000000000000000000000000",
        // the administrator's serial number in another group, and as another type
        "1000000000000004d4000000000000000000000001",
        "1500000000000004d3000000000000000000000001",
        "1900000000000004d3000000000000000000000001");
  }

  @ParameterizedTest
  @MethodSource("unknownIds")
  @Covers("nimble.common.id-unknown")
  void wellFormedIdOfNoUserIsNotFound(String id) {
    List<String> before = stored.serials();

    for (Answer answer : everyOperationOn(id)) {
      assertError(answer, 404, "SM_enoent", "id", id.toLowerCase(Locale.ROOT));
      assertThat(answer.json().at("/messages/1/text").asText()).contains("No such object");
    }

    assertThat(stored.serials()).isEqualTo(before);
  }

  @ParameterizedTest
  @ValueSource(strings = {"1500", "1900"})
  @Covers("nimble.common.id-unknown")
  void idOfAUserAsAnotherTypeIsNotFound(String type) {
    TestUser user = world.newUser();
    String id = type + user.id().substring(4);
    List<String> before = stored.of(user);

    for (Answer answer : everyOperationOn(id)) {
      assertError(answer, 404, "SM_enoent", "id", id);
    }

    assertThat(stored.of(user)).isEqualTo(before);
  }
}

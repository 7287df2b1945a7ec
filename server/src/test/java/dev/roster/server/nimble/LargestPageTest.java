package dev.roster.server.nimble;

import static dev.roster.server.nimble.NimbleErrorAssert.assertError;
import static dev.roster.server.nimble.NimbleWorld.DETAIL;
import static dev.roster.server.nimble.NimbleWorld.USERS;
import static dev.roster.server.nimble.NimbleWorld.newName;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.roster.server.nimble.NimbleWorld.TestUser;
import dev.roster.testing.Answer;
import dev.roster.testing.Covers;
import dev.roster.testing.DatabaseTestResource;
import dev.roster.testing.StoredRows;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Lists of more users than one answer has. */
@QuarkusTest
@WithTestResource(DatabaseTestResource.class)
class LargestPageTest {

  private static final int LARGEST = 1024;
  private static final int MORE = 1030;

  @Inject NimbleWorld world;
  @Inject ManyUsers rows;

  private String tag;

  /** Users that are made without hashing a password for each. */
  @Singleton
  static class ManyUsers extends StoredRows {

    void copy(TestUser user, String tag, int copies) {
      execute(
          """
          insert into nimble_user (space, serial, name, description, role, password_hash,
              inactivity_timeout, created_at, modified_at, full_name, email_address, disabled)
            select space, nextval('nimble_user_serial'), name || 'y' || copy, ?, role,
                password_hash, 0, created_at, modified_at, '', '', false
              from nimble_user, generate_series(1, ?) copy
              where name = ?
          """,
          tag,
          copies,
          user.name());
    }

    void remove(String tag) {
      execute("delete from nimble_user where description = ?", tag);
    }
  }

  @BeforeEach
  void addUsers() {
    tag = newName("tag");
    rows.copy(world.newUser(), tag, MORE);
  }

  @AfterEach
  void removeUsers() {
    rows.remove(tag);
  }

  private JsonNode list(String window) {
    Answer list = world.get(USERS + "?description=" + tag + window);
    assertThat(list.status()).as(list.text()).isEqualTo(200);
    return list.json();
  }

  private static void assertRows(JsonNode list, int startRow, int endRow) {
    assertThat(list.get("data")).hasSize(endRow - startRow);
    assertThat(list.get("startRow").intValue()).isEqualTo(startRow);
    assertThat(list.get("endRow").intValue()).isEqualTo(endRow);
    assertThat(list.get("totalRows").intValue()).isEqualTo(MORE);
  }

  @Test
  @Covers("nimble.common.window")
  void noAnswerHasMoreRowsThanTheLargestPage() {
    assertRows(list(""), 0, LARGEST);
    assertRows(list("&pageSize=1024"), 0, LARGEST);
    assertRows(list("&endRow=1030"), 0, LARGEST);
    assertRows(list("&startRow=3&endRow=1030"), 3, 3 + LARGEST);
    assertRows(list("&startRow=6"), 6, MORE);
    assertRows(list("&startRow=1024"), LARGEST, MORE);
  }

  @Test
  @Covers("nimble.common.window")
  void neitherHasTheAnswerToAQuery() {
    Answer list =
        world.fetch(
            DETAIL + "?fields=id",
            "{\"fieldName\": \"description\", \"operator\": \"equals\", \"value\": \"%s\"}"
                .formatted(tag));

    assertRows(list.json(), 0, LARGEST);
  }

  @Test
  @Covers({"nimble.common.window", "nimble.common.list-envelope"})
  void twoAnswersHaveEveryRowOnce() {
    JsonNode first = list("");
    JsonNode second = list("&startRow=" + first.get("endRow").intValue());
    Set<String> ids = new HashSet<>();

    first.get("data").forEach(user -> ids.add(user.get("id").asText()));
    second.get("data").forEach(user -> ids.add(user.get("id").asText()));

    assertThat(ids).hasSize(MORE);
    assertThat(first.get("data").size() + second.get("data").size()).isEqualTo(MORE);
  }

  @Test
  @Covers("nimble.common.page-too-large")
  void aLargerPageIsRefusedThoughThereAreRows() {
    assertError(
        world.get(USERS + "?description=" + tag + "&pageSize=1025"), 400, "SM_too_large_page_size");
  }
}

package dev.roster.server.azurepack;

import static dev.roster.server.azurepack.PackErrorAssert.assertError;
import static dev.roster.server.azurepack.PackWorld.USERS;
import static dev.roster.server.azurepack.PackWorld.body;
import static dev.roster.server.azurepack.PackWorld.names;
import static dev.roster.server.azurepack.PackWorld.newName;
import static dev.roster.server.azurepack.PackWorld.user;
import static org.assertj.core.api.Assertions.assertThat;

import dev.roster.testing.Answer;
import dev.roster.testing.DatabaseTestResource;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The rows of another space, which have the same keys, are neither seen nor touched. */
@QuarkusTest
@WithTestResource(DatabaseTestResource.class)
class SpacesTest {

  private static final String OTHER = "other";

  @Inject PackWorld world;
  @Inject StoredUsers stored;

  @AfterEach
  void forgetTheOtherSpace() {
    for (String table : List.of("pack_user", "pack_invalid_token")) {
      stored.execute("delete from " + table + " where space = ?", OTHER);
    }
  }

  /** Copies a user, and gives it other values there than its key. */
  private void copyToOtherSpace(String name) {
    stored.execute(
        """
        insert into pack_user (space, user_key, name, email, email_key, state, created_at,
            subscription_count, last_error, synced_at, sync_failure, deleted_at)
          select 'other', user_key, 'Other.' || name, 'other@' || name, 'other@' || user_key, 2,
              '2001-01-01Z', 9, 'old', synced_at, 'new', deleted_at
            from pack_user where space = 'default' and user_key = ?
        """,
        name);
    assertThat(stored.ofSpace(OTHER, name)).hasSize(1);
  }

  /** Every row of the other space. */
  private List<String> other() {
    List<String> rows = new ArrayList<>();
    for (String table : List.of("pack_user", "pack_invalid_token")) {
      rows.addAll(
          stored.query("select t::text from " + table + " t where space = ? order by 1", OTHER));
    }
    return rows;
  }

  @Test
  void userOfAnotherSpaceDoesNotExist() {
    String name = world.newUser();
    copyToOtherSpace(name);
    List<String> before = other();
    assertThat(world.delete(name).status()).isEqualTo(202);

    for (Answer answer :
        List.of(world.get(user(name)), world.put(name, body(name)), world.delete(name))) {
      assertError(answer, 404, "ResourceNotFound", "The user '%s' was not found.".formatted(name));
    }
    Answer list = world.get(USERS + "?filter=" + name);
    assertThat(names(list)).isEmpty();
    assertThat(list.json().get("filteredTotalCount").asInt()).isZero();
    assertThat(list.json().get("totalCount").asInt()).isEqualTo(stored.count());
    assertThat(other()).isEqualTo(before);

    assertThat(world.post(body(name)).status()).isEqualTo(201);
    assertThat(world.read(name).get("Name").asText()).isEqualTo(name);
    assertThat(other()).isEqualTo(before);
  }

  @Test
  void everyWriteChangesOwnRowsOnly() {
    String name = world.newUser();
    String token = newName();
    copyToOtherSpace(name);
    stored.execute(
        "insert into pack_invalid_token (space, user_key, expires_at) values (?, ?, '2001-01-01Z')",
        OTHER,
        token);
    List<String> before = other();
    assertThat(before).hasSize(2);

    assertThat(world.put(name, body(name, 2)).status()).isEqualTo(200);
    assertThat(world.post(body(name)).status()).isEqualTo(409);
    assertThat(
            world
                .call(
                    "POST",
                    "/invalidusertokens",
                    "{\"Username\": \"%s\", \"TokenExpiryTime\": \"2013-06-28T05:15:30\"}"
                        .formatted(token))
                .send()
                .status())
        .isEqualTo(200);
    assertThat(world.delete(name).status()).isEqualTo(202);
    assertThat(world.post(body(name)).status()).isEqualTo(201);

    assertThat(other()).isEqualTo(before);
    assertThat(
            stored.query(
                "select space from pack_invalid_token where user_key = ? order by 1", token))
        .containsExactly("default", OTHER);
  }

  /** One that is gone makes room for another of its name, in its own space only. */
  @Test
  void goneUserOfAnotherSpaceIsNotReplaced() {
    String name = world.newUser();
    stored.change(name, "state = 3, deleted_at = '2001-01-01Z'");
    copyToOtherSpace(name);
    stored.execute("update pack_user set sync_failure = null where space = ?", OTHER);
    List<String> before = other();
    assertThat(world.get(user(name)).status()).isEqualTo(404);

    assertThat(world.post(body(name)).status()).isEqualTo(201);

    assertThat(world.read(name).get("State").asInt()).isEqualTo(1);
    assertThat(other()).isEqualTo(before);
  }

  @Test
  void readsTellOwnValuesOnly() {
    String name = world.newUser();
    List<String> paths =
        List.of(
            user(name),
            USERS + "?filter=" + name,
            USERS + "?sortProperty=CreatedTime&filter=" + name,
            USERS + "?sortProperty=Email&sortDirection=desc");
    List<String> answers = paths.stream().map(path -> world.get(path).text()).toList();

    copyToOtherSpace(name);

    assertThat(paths.stream().map(path -> world.get(path).text()).toList()).isEqualTo(answers);
    assertThat(names(world.get(USERS + "?filter=other@" + name))).isEmpty();
  }
}

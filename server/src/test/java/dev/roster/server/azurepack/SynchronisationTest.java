package dev.roster.server.azurepack;

import static dev.roster.server.azurepack.PackErrorAssert.assertError;
import static dev.roster.server.azurepack.PackWorld.USERS;
import static dev.roster.server.azurepack.PackWorld.body;
import static dev.roster.server.azurepack.PackWorld.names;
import static dev.roster.server.azurepack.PackWorld.newName;
import static dev.roster.server.azurepack.PackWorld.user;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.roster.server.http.UrlSegments;
import dev.roster.testing.Answer;
import dev.roster.testing.Covers;
import dev.roster.testing.DatabaseTestResource;
import dev.roster.testing.MutableClock;
import dev.roster.testing.Together;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What becomes of users while changes and deletions take their time. */
@QuarkusTest
@WithTestResource(DatabaseTestResource.class)
@TestProfile(SynchronisationTest.SlowProviders.class)
class SynchronisationTest {

  private static final Duration SYNC = Duration.ofSeconds(10);
  private static final Duration DELETING = Duration.ofMinutes(1);
  private static final Duration MOMENT = Duration.ofMillis(1);

  private static final int IN_SYNC = 0;
  private static final int SYNCING = 1;
  private static final int OUT_OF_SYNC = 2;

  private static final String ERROR =
      "One or more errors occurred while contacting the underlying resource providers. The"
          + " operation may be partially completed. Details: The provider is away.";

  /** Resource providers that take their time, and fail for some users. */
  public static class SlowProviders implements QuarkusTestProfile {

    @Override
    public Map<String, String> getConfigOverrides() {
      return Map.of(
          "roster.pack.sync.duration", "10s",
          "roster.pack.sync.failing-users", "fail-.*",
          "roster.pack.sync.error", "The provider is away.",
          "roster.pack.deleting", "1m");
    }
  }

  @Inject PackWorld world;
  @Inject StoredUsers stored;
  @Inject MutableClock clock;

  @BeforeEach
  void stopClock() {
    clock.stop();
  }

  @AfterEach
  void resetClock() {
    clock.reset();
  }

  private static JsonNode with(JsonNode user, int syncState, String error) {
    ObjectNode changed = user.deepCopy();
    return changed.put("ActivationSyncState", syncState).put("LastErrorMessage", error);
  }

  private static JsonNode pending(JsonNode user, int syncState, String error) {
    ObjectNode changed = (ObjectNode) with(user, syncState, error);
    return changed.put("State", 3);
  }

  /** A user whose synchronisation is over. */
  private JsonNode settled(String name) {
    world.newUser(name);
    clock.advance(SYNC);
    return world.read(name);
  }

  private void assertAccepted(String name, String query) {
    Answer answer = world.call("DELETE", user(name) + query).send();
    assertThat(answer.status()).as(answer.text()).isEqualTo(202);
    assertThat(answer.bytes()).isEmpty();
  }

  private void assertGone(String name) {
    assertError(
        world.get(user(name)),
        404,
        "ResourceNotFound",
        "The user '%s' was not found.".formatted(name));
    assertThat(names(world.get(USERS + "?filter=" + name))).isEmpty();
  }

  private void assertTotalIsWhatIsShown() {
    Answer list = world.get(USERS);
    assertThat(list.json().get("totalCount").asInt()).isEqualTo(names(list).size());
  }

  @Test
  @Covers("pack.common.sync-state")
  void userIsInSyncWhenTheTimeIsOver() {
    String name = newName();

    Answer created = world.post(body(name));

    assertThat(created.status()).isEqualTo(201);
    assertThat(created.json().get("ActivationSyncState").numberValue()).isEqualTo(SYNCING);
    clock.advance(SYNC.minus(MOMENT));
    assertThat(world.read(name)).isEqualTo(created.json());
    clock.advance(MOMENT);
    assertThat(world.read(name)).isEqualTo(with(created.json(), IN_SYNC, null));

    Answer updated = world.put(name, body(name, 2));

    assertThat(updated.status()).isEqualTo(200);
    assertThat(updated.json().get("ActivationSyncState").numberValue()).isEqualTo(SYNCING);
    clock.advance(SYNC.minus(MOMENT));
    assertThat(world.read(name)).isEqualTo(updated.json());
    assertThat(world.get(USERS + "?filter=" + name).json().at("/items/0"))
        .isEqualTo(updated.json());
    clock.advance(MOMENT);
    assertThat(world.read(name)).isEqualTo(with(updated.json(), IN_SYNC, null));
  }

  @Test
  @Covers("pack.common.sync-state")
  void anotherUpdateBeginsTheTimeAnew() {
    String name = world.newUser();
    clock.advance(SYNC.minus(MOMENT));

    Answer updated = world.put(name, body(name));

    clock.advance(SYNC.minus(MOMENT));
    assertThat(world.read(name)).isEqualTo(updated.json());
    assertThat(updated.json().get("ActivationSyncState").numberValue()).isEqualTo(SYNCING);
    clock.advance(MOMENT);
    assertThat(world.read(name).get("ActivationSyncState").numberValue()).isEqualTo(IN_SYNC);
  }

  @ParameterizedTest
  @ValueSource(strings = {"fail-", "Fail-", "FAIL-and more "})
  @Covers({"pack.common.sync-failure", "pack.common.sync-state"})
  void userWhoseNameMatchesIsStoredAndOutOfSync(String prefix) {
    String name = prefix + newName();

    Answer created = world.post(body(name));

    assertThat(created.status()).isEqualTo(201);
    assertThat(created.json()).isEqualTo(with(created.json(), SYNCING, null));
    clock.advance(SYNC.minus(MOMENT));
    assertThat(world.read(name)).isEqualTo(created.json());
    clock.advance(MOMENT);
    assertThat(world.read(name)).isEqualTo(with(created.json(), OUT_OF_SYNC, ERROR));
    assertThat(world.get(USERS + "?filter=" + UrlSegments.encode(name)).json().at("/items/0"))
        .isEqualTo(world.read(name));
  }

  @Test
  @Covers({"pack.common.sync-failure", "pack.common.error-outlives"})
  void updateThatFailsIsStoredAndTheLastErrorStaysMeanwhile() {
    String name = "fail-" + newName();
    settled(name);

    Answer updated =
        world.put(
            name,
            "{\"Name\": \"%s\", \"Email\": \"new@example.test\", \"State\": 2}".formatted(name));

    assertThat(updated.status()).isEqualTo(200);
    assertThat(updated.json().get("Email").asText()).isEqualTo("new@example.test");
    assertThat(updated.json().get("State").numberValue()).isEqualTo(2);
    assertThat(updated.json()).isEqualTo(with(updated.json(), SYNCING, ERROR));
    assertThat(world.read(name)).isEqualTo(updated.json());
    clock.advance(SYNC);
    assertThat(world.read(name)).isEqualTo(with(updated.json(), OUT_OF_SYNC, ERROR));
  }

  @ParameterizedTest
  @ValueSource(strings = {"no-fail-", "fail", "a fail-"})
  @Covers("pack.common.sync-failure")
  void userWhoseNameMatchesInPartOnlyIsInSync(String prefix) {
    String name = prefix + newName();

    JsonNode user = settled(name);

    assertThat(user).isEqualTo(with(user, IN_SYNC, null));
  }

  @Test
  @Covers("pack.common.error-outlives")
  void errorOfAnEarlierSynchronisationStaysWhenTheUserIsInSync() {
    String name = newName();
    settled(name);
    stored.change(name, "sync_failure = 'Earlier.'");

    Answer updated = world.put(name, body(name));

    assertThat(updated.json()).isEqualTo(with(updated.json(), SYNCING, "Earlier."));
    clock.advance(SYNC);
    assertThat(world.read(name)).isEqualTo(with(updated.json(), IN_SYNC, "Earlier."));
  }

  @Test
  @Covers({"pack.delete-user.pending", "pack.delete-user.accepted"})
  void deletedUserIsShownUntilTheTimeIsOver() {
    String name = newName();
    JsonNode before = settled(name);

    assertAccepted(name, "");

    for (Duration step : List.of(Duration.ZERO, DELETING.minus(MOMENT))) {
      clock.advance(step);
      assertThat(world.read(name)).isEqualTo(pending(before, SYNCING, null));
      Answer list = world.get(USERS + "?filter=" + name);
      assertThat(list.json().get("items")).containsExactly(world.read(name));
      assertThat(list.json().get("filteredTotalCount").asInt()).isEqualTo(1);
      assertTotalIsWhatIsShown();
    }
    clock.advance(MOMENT);
    assertGone(name);
    assertTotalIsWhatIsShown();
    assertThat(world.delete(name).status()).isEqualTo(404);
    assertThat(world.put(name, body(name)).status()).isEqualTo(404);
  }

  @Test
  @Covers({"pack.update-user.delete-pending", "pack.delete-user.pending"})
  void userWhoIsBeingDeletedCannotBeChanged() {
    String name = newName();
    settled(name);
    assertAccepted(name, "");
    List<String> row = stored.of(name);
    clock.advance(DELETING.minus(MOMENT));

    for (int state = 0; state < 3; state++) {
      assertError(
          world.put(name, body(name, state)),
          409,
          "Conflict",
          "The user '%s' is being deleted and cannot be changed.".formatted(name));
    }
    assertError(
        world.post(body(name)),
        409,
        "ResourceAlreadyExists",
        "The user '%s' already exists.".formatted(name));

    assertThat(stored.of(name)).isEqualTo(row);
  }

  @Test
  @Covers({"pack.delete-user.accepted", "pack.create-user.created"})
  void nameIsFreeWhenItsUserIsGone() {
    String name = newName();
    settled(name);
    stored.change(name, "subscription_count = 4, last_error = 'old'");
    assertAccepted(name, "?deleteSubscriptions=True&force=False");
    clock.advance(DELETING);
    Instant now = clock.instant();

    Answer created =
        world.post("{\"Name\": \"%s\", \"Email\": \"new@example.test\"}".formatted(name));

    assertThat(created.status()).isEqualTo(201);
    assertThat(created.text())
        .isEqualTo(
            "{\"Name\":\"%s\",\"Email\":\"new@example.test\",\"State\":0,\"CreatedTime\":\"%s\",\"SubscriptionCount\":0,\"ActivationSyncState\":1,\"LastErrorMessage\":null}"
                .formatted(name, now.toString().replace("Z", "")));
    assertThat(world.read(name)).isEqualTo(created.json());
  }

  @RepeatedTest(3)
  @Covers("pack.create-user.concurrent")
  void ofCreationsInPlaceOfAGoneUserOneSucceeds() {
    String name = newName();
    settled(name);
    assertAccepted(name, "");
    clock.advance(DELETING);

    List<Answer> answers =
        Together.send(
            IntStream.range(0, 16)
                .mapToObj(i -> world.call("POST", USERS, body(name, i % 3)))
                .toList());

    assertThat(Collections.frequency(answers.stream().map(Answer::status).toList(), 201))
        .isEqualTo(1);
    assertThat(Collections.frequency(answers.stream().map(Answer::status).toList(), 409))
        .isEqualTo(15);
    assertThat(answers)
        .filteredOn(answer -> answer.status() == 201)
        .extracting(Answer::json)
        .containsExactly(world.read(name));
  }

  @RepeatedTest(3)
  @Covers({"pack.update-user.delete-pending", "pack.common.no-server-errors"})
  void updatesThatRaceADeletionDoNotUndoIt() {
    String name = newName();
    settled(name);

    List<Answer> answers =
        Together.send(
            IntStream.range(0, 16)
                .mapToObj(
                    i ->
                        i == 8
                            ? world.call("DELETE", user(name))
                            : world.call("PUT", user(name), body(name, i % 3)))
                .toList());

    assertThat(answers.get(8).status()).isEqualTo(202);
    assertThat(answers)
        .allSatisfy(answer -> assertThat(answer.status()).as(answer.text()).isIn(200, 202, 409));
    assertThat(world.read(name).get("State").numberValue()).isEqualTo(3);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "?deleteSubscriptions=True&force=False"})
  @Covers({"pack.delete-user.failure", "pack.update-user.delete-pending"})
  void userWhoseDeletionFailsStaysUntilItIsForced(String query) {
    String name = "fail-" + newName();
    JsonNode before = settled(name);

    assertAccepted(name, query);

    assertThat(world.read(name)).isEqualTo(pending(before, SYNCING, ERROR));
    for (Duration step : List.of(DELETING, Duration.ofDays(30))) {
      clock.advance(step);
      assertThat(world.read(name)).isEqualTo(pending(before, OUT_OF_SYNC, ERROR));
      assertThat(names(world.get(USERS + "?filter=" + name))).containsExactly(name);
    }
    assertError(
        world.put(name, body(name)),
        409,
        "Conflict",
        "The user '%s' is being deleted and cannot be changed.".formatted(name));
    assertThat(world.post(body(name)).status()).isEqualTo(409);

    assertAccepted(name, query);
    clock.advance(DELETING);
    assertThat(world.read(name)).isEqualTo(pending(before, OUT_OF_SYNC, ERROR));

    assertAccepted(name, "?deleteSubscriptions=False&force=True");
    clock.advance(DELETING.minus(MOMENT));
    assertThat(world.read(name)).isEqualTo(pending(before, SYNCING, ERROR));
    clock.advance(MOMENT);
    assertGone(name);
  }

  @Test
  @Covers("pack.delete-user.failure")
  void errorOfAFailedDeletionIsTheProviders() {
    String name = "fail-" + newName();
    world.newUser(name);

    assertAccepted(name, "");

    assertThat(world.read(name).get("LastErrorMessage").isNull()).isTrue();
    clock.advance(DELETING);
    assertThat(world.read(name)).isEqualTo(pending(world.read(name), OUT_OF_SYNC, ERROR));
  }
}

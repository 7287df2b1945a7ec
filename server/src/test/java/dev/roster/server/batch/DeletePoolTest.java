package dev.roster.server.batch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.roster.server.batch.BatchWorld.Node;
import dev.roster.server.http.HttpDate;
import dev.roster.testing.Answer;
import dev.roster.testing.Call;
import dev.roster.testing.Covers;
import dev.roster.testing.DatabaseTestResource;
import dev.roster.testing.MutableClock;
import dev.roster.testing.Together;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@WithTestResource(DatabaseTestResource.class)
class DeletePoolTest {

  @Inject BatchWorld world;
  @Inject MutableClock clock;

  @AfterEach
  void resetClock() {
    clock.reset();
  }

  @Test
  @Covers("batch.delete-pool.gone")
  void takesThePoolWithItsNodesAndUsersAway() {
    Node node = world.linuxNode();
    world.addUser(node, "alice");
    String path = "/pools/" + node.poolId();

    Answer answer = world.call("DELETE", path).send();

    assertThat(answer.status()).isEqualTo(202);
    assertThat(answer.bytes()).isEmpty();
    assertThat(Refusal.of(world.call("GET", path).send()))
        .isEqualTo(Refusal.of(404, "PoolNotFound"));
    assertThat(world.call("HEAD", path).send().status()).isEqualTo(404);
    assertThat(Refusal.of(world.call("GET", path + "/nodes").send()))
        .isEqualTo(Refusal.of(404, "PoolNotFound"));
    assertThat(Refusal.of(world.call("GET", node.path()).send()))
        .isEqualTo(Refusal.of(404, "PoolNotFound"));
    assertThat(Refusal.of(world.call("DELETE", node.user("alice")).send()))
        .isEqualTo(Refusal.of(404, "PoolNotFound"));
    assertThat(Refusal.of(world.call("DELETE", path).send()))
        .isEqualTo(Refusal.of(404, "PoolNotFound"));
    assertThat(world.nodesOf(node.poolId())).isEmpty();
    assertThat(world.user(node, "alice")).isEmpty();
    assertThat(
            Listings.ids(
                world
                    .call(
                        "GET", Listings.path("/pools", "$filter", "id eq '" + node.poolId() + "'"))
                    .send()))
        .isEmpty();
  }

  @Test
  @Covers("batch.delete-pool.gone")
  void freesTheId() {
    Node node = world.linuxNode();
    world.call("DELETE", "/pools/" + node.poolId()).send();

    Answer added = world.call("POST", "/pools").json(BatchWorld.linuxPool(node.poolId(), 2)).send();

    assertThat(added.status()).isEqualTo(201);
    assertThat(world.nodesOf(node.poolId())).hasSize(2).noneMatch(n -> n.id.equals(node.id()));
  }

  @Test
  @Covers("batch.add-pool.id-case-kept")
  void findsThePoolInAnyCase() {
    Node node = world.linuxNode();

    Answer answer = world.call("DELETE", "/pools/" + node.poolId().toUpperCase(Locale.ROOT)).send();

    assertThat(answer.status()).isEqualTo(202);
    assertThat(world.call("HEAD", "/pools/" + node.poolId()).send().status()).isEqualTo(404);
  }

  @Test
  @Covers("batch.delete-pool.if-none-match")
  void keepsAPoolWhoseTagTheCallerHas() {
    String path = "/pools/" + world.linuxNode().poolId();
    String tag = world.call("HEAD", path).send().header("ETag").orElseThrow();

    assertThat(Refusal.of(delete(path, "If-None-Match", tag)))
        .isEqualTo(Refusal.of(412, "ConditionNotMet"));
    assertThat(Refusal.of(delete(path, "If-None-Match", "*")))
        .isEqualTo(Refusal.of(412, "ConditionNotMet"));
    assertThat(world.call("HEAD", path).send().header("ETag")).contains(tag);
    assertThat(delete(path, "If-None-Match", "0x1").status()).isEqualTo(202);
  }

  @Test
  @Covers("batch.get-pool.if-match")
  void keepsAPoolWithAnotherTag() {
    String path = "/pools/" + world.linuxNode().poolId();
    String tag = world.call("HEAD", path).send().header("ETag").orElseThrow();

    assertThat(Refusal.of(delete(path, "If-Match", "0x1")))
        .isEqualTo(Refusal.of(412, "ConditionNotMet"));
    assertThat(delete(path, "If-Match", tag).status()).isEqualTo(202);
  }

  @Test
  @Covers({"batch.get-pool.if-unmodified-since", "batch.get-pool.if-modified-since"})
  void keepsAPoolThatDoesNotMeetTheDates() {
    Instant now = clock.stop();
    String path = "/pools/" + world.linuxNode().poolId();
    String before = HttpDate.format(now.minusSeconds(1));
    String then = HttpDate.format(now);

    assertThat(Refusal.of(delete(path, "If-Unmodified-Since", before)))
        .isEqualTo(Refusal.of(412, "ConditionNotMet"));
    assertThat(Refusal.of(delete(path, "If-Modified-Since", then)))
        .isEqualTo(Refusal.of(412, "ConditionNotMet"));
    assertThat(delete(path, "If-Unmodified-Since", then).status()).isEqualTo(202);
  }

  @Test
  void ofConcurrentDeletesExactlyOneSucceeds() {
    Node node = world.linuxNode();
    List<Call> calls =
        Stream.generate(() -> world.call("DELETE", "/pools/" + node.poolId())).limit(8).toList();

    List<Integer> statuses = Together.send(calls).stream().map(Answer::status).toList();

    assertThat(statuses).containsOnlyOnce(202);
    assertThat(statuses).allMatch(status -> status == 202 || status == 404 || status == 409);
    assertThat(world.nodesOf(node.poolId())).isEmpty();
  }

  @Test
  @Covers("batch.common.no-server-errors")
  void racesWithNodeActionsWithoutServerErrors() {
    for (int round = 0; round < 8; round++) {
      Node node = world.cloudServiceNode();
      world.addUser(node, "alice");

      List<Answer> answers =
          Together.send(
              List.of(
                  world.call("POST", node.path() + "/reboot"),
                  world.call("DELETE", "/pools/" + node.poolId()),
                  world.call("POST", node.path() + "/reimage"),
                  world.call("GET", node.path()),
                  world.call("POST", node.path() + "/disablescheduling")));

      assertThat(answers.get(1).status()).isEqualTo(202);
      assertThat(answers)
          .as(() -> answers.stream().map(Answer::text).toList().toString())
          .allMatch(answer -> List.of(200, 202, 404, 409).contains(answer.status()));
      assertThat(world.nodesOf(node.poolId())).isEmpty();
    }
  }

  private Answer delete(String path, String header, String value) {
    return world.call("DELETE", path).header(header, value).send();
  }
}

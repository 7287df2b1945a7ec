package dev.roster.server.batch;

import static dev.roster.server.batch.Refusals.assertRefused;
import static dev.roster.testing.PasswordHashes.isHashOf;
import static org.assertj.core.api.Assertions.assertThat;

import dev.roster.server.batch.BatchWorld.Node;
import dev.roster.testing.Answer;
import dev.roster.testing.Covers;
import dev.roster.testing.DatabaseTestResource;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import javax.sql.DataSource;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@WithTestResource(DatabaseTestResource.class)
class ConcurrentUsersTest {

  private static final int CALLERS = 16;

  @Inject BatchWorld world;
  @Inject StoredAccounts stored;
  @Inject DataSource dataSource;

  private final ExecutorService callers = Executors.newFixedThreadPool(CALLERS);

  @AfterEach
  void stopCallers() {
    callers.shutdownNow();
  }

  /** Starts all tasks at once, as many as there are callers, and gives their results in order. */
  private <T> List<T> together(List<Callable<T>> tasks) throws Exception {
    CountDownLatch start = new CountDownLatch(1);
    List<Future<T>> futures = new ArrayList<>();
    for (Callable<T> task : tasks) {
      futures.add(
          callers.submit(
              () -> {
                start.await();
                return task.call();
              }));
    }
    start.countDown();
    List<T> results = new ArrayList<>();
    for (Future<T> future : futures) {
      results.add(future.get());
    }
    return results;
  }

  private static <T> List<Callable<T>> times(
      int number, java.util.function.IntFunction<Callable<T>> task) {
    return IntStream.range(0, number).mapToObj(task).toList();
  }

  private Answer add(Node node, String body) {
    return world.call("POST", node.users()).json(body).send();
  }

  @Test
  @Covers("batch.update-user.concurrent")
  void concurrentUpdatesAllSucceedAndOneStandsWhole() throws Exception {
    Node node = world.linuxNode();
    world.addUser(node, "alice");

    List<Answer> answers =
        together(
            times(
                CALLERS,
                i ->
                    () ->
                        world
                            .call("PUT", node.user("alice"))
                            .json(
                                """
                                {"password": "p-%d", "sshPublicKey": "%d",
                                 "expiryTime": "2040-01-%02dT12:00:00Z"}
                                """
                                    .formatted(i, i, i + 1))
                            .send()));

    assertThat(answers).extracting(Answer::status).containsOnly(200);
    ComputeNodeUser alice = world.user(node, "alice").orElseThrow();
    int last = Integer.parseInt(alice.sshPublicKey);
    assertThat(isHashOf(alice.passwordHash, "p-" + last)).isTrue();
    assertThat(alice.expiresAt)
        .isEqualTo(Instant.parse("2040-01-01T12:00:00Z").plus(Duration.ofDays(last)));
    assertThat(alice.effectiveExpiresAt)
        .isEqualTo(Instant.parse("2040-01-02T00:00:00Z").plus(Duration.ofDays(last)));

    assertThat(
            world
                .call("PUT", node.user("alice"))
                .json("{\"sshPublicKey\": \"last\"}")
                .send()
                .status())
        .isEqualTo(200);
    assertThat(world.user(node, "alice").orElseThrow().sshPublicKey).isEqualTo("last");
  }

  @Test
  @Covers("batch.add-user.concurrent")
  void ofConcurrentAddsOfOneNameOneSucceeds() throws Exception {
    Node node = world.linuxNode();

    List<Answer> answers =
        together(
            times(
                CALLERS,
                i ->
                    () ->
                        add(node, "{\"name\": \"alice\", \"sshPublicKey\": \"%d\"}".formatted(i))));

    assertThat(answers).filteredOn(answer -> answer.status() == 201).hasSize(1);
    List<Answer> others = answers.stream().filter(answer -> answer.status() != 201).toList();
    assertThat(others).hasSize(CALLERS - 1);
    others.forEach(answer -> assertRefused(answer, 409, "NodeUserExists"));
    assertThat(stored.names(node)).containsExactly("alice");
    int winner = answers.indexOf(answers.stream().filter(a -> a.status() == 201).findFirst().get());
    assertThat(world.user(node, "alice").orElseThrow().sshPublicKey)
        .isEqualTo(Integer.toString(winner));
  }

  @Test
  @Covers({"batch.add-user.created", "batch.delete-user.deletes"})
  void distinctUsersComeAndGoInParallel() throws Exception {
    Node node = world.linuxNode();

    List<List<Integer>> statuses =
        together(
            times(
                200,
                i ->
                    () -> {
                      String name = "user-" + i;
                      int added = add(node, "{\"name\": \"%s\"}".formatted(name)).status();
                      boolean there = stored.names(node).contains(name);
                      int deleted = world.call("DELETE", node.user(name)).send().status();
                      return List.of(added, there ? 1 : 0, deleted);
                    }));

    assertThat(statuses).hasSize(200).containsOnly(List.of(201, 1, 200));
    assertThat(stored.of(node)).isEmpty();
  }

  @Test
  @Covers("batch.delete-user.second-delete")
  void ofConcurrentDeletesOfOneNameOneSucceeds() throws Exception {
    Node node = world.linuxNode();
    world.addUser(node, "alice");

    List<Answer> answers =
        together(times(CALLERS, i -> () -> world.call("DELETE", node.user("alice")).send()));

    assertThat(answers).filteredOn(answer -> answer.status() == 200).hasSize(1);
    answers.stream()
        .filter(answer -> answer.status() != 200)
        .forEach(answer -> assertRefused(answer, 404, "NodeUserNotFound"));
    assertThat(stored.of(node)).isEmpty();
  }

  @Test
  @Covers("batch.update-user.user-unknown")
  void updatesThatRaceDeleteNeverBringTheAccountBack() throws Exception {
    Node node = world.linuxNode();
    world.addUser(node, "alice");

    List<Answer> answers =
        together(
            times(
                CALLERS,
                i ->
                    () ->
                        i == CALLERS / 2
                            ? world.call("DELETE", node.user("alice")).send()
                            : world.call("PUT", node.user("alice")).json("{}").send()));

    assertThat(answers.get(CALLERS / 2).status()).isEqualTo(200);
    answers.stream()
        .filter(answer -> answer.status() != 200)
        .forEach(answer -> assertRefused(answer, 404, "NodeUserNotFound"));
    assertThat(stored.of(node)).isEmpty();
  }

  @Test
  @Covers("batch.common.node-busy-codes")
  void noAccountOlderThanReimageSurvivesIt() throws Exception {
    for (int round = 0; round < 10; round++) {
      Node node = world.cloudServiceNode();

      List<Answer> answers =
          together(
              times(
                  CALLERS,
                  i ->
                      () ->
                          i == CALLERS / 2
                              ? world.call("POST", node.path() + "/reimage").send()
                              : add(
                                  node,
                                  "{\"name\": \"user-%d\", \"password\": \"p\"}".formatted(i))));

      assertThat(answers.get(CALLERS / 2).status()).isEqualTo(202);
      answers.stream()
          .filter(answer -> answer.status() >= 400)
          .forEach(answer -> assertRefused(answer, 409, "NodeBeingReimaged"));
      assertThat(
              stored.query(
                  "select name from batch_compute_node_user u join batch_compute_node n"
                      + " on n.space = u.space and n.pool_key = u.pool_key and n.id = u.node_id"
                      + " where n.pool_key = ? and u.created_at < n.phase_started_at",
                  Pool.key(node.poolId())))
          .isEmpty();
    }
  }

  @Test
  @Covers("batch.common.node-busy-codes")
  void addWaitsForReimageThatHasBegunAndThenFails() throws Exception {
    Node node = world.linuxNode();
    List<Future<Answer>> adding = new ArrayList<>();

    // What a reimage does, kept open.
    try (var connection = dataSource.getConnection();
        var reimage =
            connection.prepareStatement(
                "update batch_compute_node set phase = 'REIMAGING', phase_started_at = now(),"
                    + " phase_ends_at = now() + interval '1 hour',"
                    + " operational_at = now() + interval '1 hour'"
                    + " where space = 'default' and pool_key = ?")) {
      connection.setAutoCommit(false);
      reimage.setString(1, Pool.key(node.poolId()));
      assertThat(reimage.executeUpdate()).isEqualTo(1);
      adding.add(callers.submit(() -> add(node, "{\"name\": \"alice\"}")));
      Awaitility.await()
          .until(
              () ->
                  !stored
                      .query(
                          "select pid::text from pg_stat_activity where wait_event_type = 'Lock'"
                              + " and query like '%batch_compute_node%'")
                      .isEmpty());
      connection.commit();
    }

    assertRefused(adding.get(0).get(), 409, "NodeBeingReimaged");
    assertThat(stored.of(node)).isEmpty();
  }
}

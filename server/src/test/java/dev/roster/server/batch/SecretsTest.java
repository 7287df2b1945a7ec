package dev.roster.server.batch;

import static dev.roster.testing.PasswordHashes.isHashOf;
import static org.assertj.core.api.Assertions.assertThat;

import dev.roster.server.batch.BatchWorld.Node;
import dev.roster.testing.Answer;
import dev.roster.testing.Call;
import dev.roster.testing.Covers;
import dev.roster.testing.DatabaseTestResource;
import dev.roster.testing.LogLines;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@WithTestResource(DatabaseTestResource.class)
class SecretsTest {

  private static final String CANARY = "Canary7f3a91c55d";
  private static final String NUMBER = "83746510928374650";
  private static final String STORED = "Stored21b8e04f6a";

  @Inject BatchWorld world;
  @Inject StoredAccounts stored;

  private LogLines log;

  @BeforeEach
  void listen() {
    log = new LogLines();
  }

  @AfterEach
  void stopListening() {
    log.close();
  }

  private static void assertSilent(Answer answer) {
    assertThat(answer.text()).doesNotContain(CANARY, NUMBER, STORED);
    assertThat(answer.headers().toString()).doesNotContain(CANARY, NUMBER, STORED);
  }

  private static boolean tells(String text) {
    return text.contains(CANARY) || text.contains(NUMBER) || text.contains(STORED);
  }

  private void assertNothingKept() {
    assertThat(log.lines())
        .as("the statements have been logged")
        .anyMatch(line -> line.startsWith("org.hibernate.SQL: "));
    assertThat(log.lines().stream().filter(SecretsTest::tells)).isEmpty();
    assertThat(stored.everything()).isNotEmpty().noneMatch(SecretsTest::tells);
  }

  @Test
  @Covers("batch.common.password-secret")
  void acceptedPasswordsAppearNowhere() {
    for (Node node : List.of(world.linuxNode(), world.windowsNode())) {
      Answer added =
          world
              .call("POST", node.users())
              .json("{\"name\": \"alice\", \"password\": \"%s\"}".formatted(CANARY))
              .send();
      assertThat(added.status()).isEqualTo(201);
      assertSilent(added);
      assertThat(isHashOf(world.user(node, "alice").orElseThrow().passwordHash, CANARY)).isTrue();

      Answer updated =
          world
              .call("PUT", node.user("alice"))
              .json("{\"password\": \"%s\"}".formatted(STORED))
              .send();
      assertThat(updated.status()).isEqualTo(200);
      assertSilent(updated);
      String hash = world.user(node, "alice").orElseThrow().passwordHash;
      assertThat(isHashOf(hash, STORED)).isTrue();
      assertThat(isHashOf(hash, CANARY)).isFalse();
      assertThat(stored.everything()).anyMatch(row -> row.contains(hash));

      assertSilent(world.call("GET", node.path()).send());
    }
    assertNothingKept();
  }

  @Test
  @Covers("batch.common.password-secret")
  void refusedPasswordsAppearNowhere() {
    Node linux = world.linuxNode();
    Node windows = world.windowsNode();
    Node unusable = world.linuxNode();
    for (Node node : List.of(linux, windows, unusable)) {
      world.addUser(node, "alice");
    }
    world.pin(unusable, NodeState.UNUSABLE);
    Node noPool = new Node("no-such-pool", linux.id());
    Node noNode = new Node(linux.poolId(), "tvm-0");
    String good = "{\"name\": \"alice\", \"password\": \"%s\"}".formatted(CANARY);

    Map<String, Integer> refused = new LinkedHashMap<>();
    for (String body : unreadable()) {
      for (Call call : onAlice(linux, body)) {
        refuse(refused, call, 400, body);
      }
    }
    for (Call call :
        onAlice(
            windows,
            "{\"name\": \"a\", \"password\": \"%s\", \"sshPublicKey\": \"k\"}".formatted(CANARY))) {
      refuse(refused, call, 400, "key on Windows");
    }
    for (Call call : onAlice(linux, good.replace("}", ", \"expiryTime\": \"never\"}"))) {
      refuse(refused, call, 400, "expiry");
    }
    refuse(
        refused,
        world.call("POST", linux.users()).json("{\"password\": \"%s\"}".formatted(CANARY)),
        400,
        "no name");
    refuse(refused, world.call("POST", linux.users()).json(good), 409, "name taken");
    for (Call call : onAlice(unusable, good)) {
      refuse(refused, call, 409, "state");
    }
    for (Node nowhere : List.of(noPool, noNode)) {
      for (Call call : onAlice(nowhere, good)) {
        refuse(refused, call, 404, "nowhere");
      }
    }
    refuse(refused, world.call("PUT", linux.user("bob")).json(good), 404, "no user");
    for (Call call : onAlice(linux, "{\"password\": \"" + CANARY.repeat(70_000) + "\"}")) {
      refuse(refused, call, 413, "too long");
    }
    for (String verb : List.of("POST", "PUT")) {
      String path = verb.equals("POST") ? linux.users() : linux.user("alice");
      refuse(
          refused,
          world
              .call(verb, path)
              .header("Content-Type", "application/json")
              .chunkedBody(
                  ("{\"password\": \"" + CANARY.repeat(70_000) + "\"}")
                      .getBytes(StandardCharsets.UTF_8)),
          413,
          "too long, in chunks");
      refuse(
          refused,
          world
              .call(verb, path)
              .header("Content-Type", "application/json")
              .chunkedBody(
                  ("{\"password\": \"" + CANARY + "\u00ff\"}")
                      .getBytes(StandardCharsets.ISO_8859_1)),
          400,
          "no UTF-8");
      refuse(
          refused,
          world.call(verb, path).header("Content-Type", "text/plain").body(good),
          400,
          "media type");
      refuse(refused, world.call(verb, path + "?timeout=0").json(good), 400, "bad timeout");
      refuse(
          refused,
          world.anonymous(verb, path + "?" + BatchWorld.VERSION).json(good),
          400,
          "nobody");
      refuse(
          refused,
          world.anonymous(verb, path).header("Authorization", BatchWorld.BEARER).json(good),
          400,
          "no version");
    }
    stored.whileHeld(
        linux,
        () -> {
          refuse(
              refused,
              world.call("PUT", linux.user("alice") + "?timeout=1").json(good),
              500,
              "update timed out");
          return null;
        });
    stored.during(
        () -> {
          refuse(
              refused,
              world.call("POST", linux.users() + "?timeout=1").json(good.replace("alice", "bob")),
              500,
              "add timed out");
          return null;
        },
        "select 1 from batch_compute_node where pool_key = ? for update",
        Pool.key(linux.poolId()));

    assertThat(refused).doesNotContainValue(0);
    for (Node node : List.of(linux, windows, unusable)) {
      assertThat(stored.names(node)).containsExactly("alice");
      assertThat(world.user(node, "alice").orElseThrow().passwordHash).isEqualTo("hash");
    }
    assertNothingKept();
  }

  private List<Call> onAlice(Node node, String body) {
    return List.of(
        world.call("POST", node.users()).json(body),
        world.call("PUT", node.user("alice")).json(body));
  }

  private static void refuse(Map<String, Integer> refused, Call call, int status, String what) {
    Answer answer = call.send();
    assertThat(answer.status()).as(what).isEqualTo(status);
    assertSilent(answer);
    refused.merge(what, 1, Integer::sum);
  }

  /** Bodies with a password that answer 400 on every node. */
  private static List<String> unreadable() {
    List<String> bodies = new ArrayList<>();
    for (String body :
        List.of(
            "{'name': 'bob', 'password': '@'}",
            "{\"name\": \"bob\", \"password\": @}",
            "{\"name\": \"bob\", \"password\": \"@}",
            "{\"name\": \"bob\", \"password\": \"@\"",
            "{\"name\": \"bob\", \"password\": \"@\"}}",
            "{\"name\": \"bob\", \"password\": \"@\"} \"@\"",
            "{\"name\": \"bob\", \"password\": \"@\"} @",
            "{\"name\": \"bob\", \"password\": \"@\" \"@\"}",
            "{\"name\": \"bob\", \"password\" \"@\"}",
            "{\"name\": \"bob\", @: 1}",
            "{\"name\": \"bob\", \"password\": \"@\\q\"}",
            "{\"name\": \"bob\", \"password\": \"@\n\"}",
            "{\"name\": \"bob\", \"password\": \"@\\u0000\"}",
            "{\"name\": \"bob\", \"password\": \"\\u0000@\"}",
            "{\"name\": \"bob\", \"password\": \"@\\ud800\"}",
            "{\"name\": \"bob\", \"password\": \"\\udc00@\"}",
            "{\"name\": \"bob\", \"password\": [\"@\"]}",
            "{\"name\": \"bob\", \"password\": {\"@\": \"@\"}}",
            "{\"name\": \"bob\", \"password\": " + NUMBER + "}",
            "{\"name\": \"bob\", \"password\": " + NUMBER + ".5}",
            "{\"name\": \"bob\", \"password\": " + NUMBER + "x}",
            "{\"name\": \"bob\", \"password\": 0" + NUMBER + "}",
            "{\"name\": \"bob\", \"password\": -" + NUMBER + "}",
            "{\"name\": \"bob\", \"password\": \"@\", \"sshPublicKey\": 1}",
            "{\"name\": \"bob\", \"password\": \"@\", \"expiryTime\": 1}",
            "\"@\"",
            "[\"@\"]",
            NUMBER,
            "@")) {
      bodies.add(body.replace("@", CANARY));
    }
    return bodies;
  }

  @Test
  @Covers("batch.common.password-secret")
  void allCharactersOfPasswordCount() {
    Node node = world.linuxNode();
    String password = "ä€😀 Aa1" + "x".repeat(200);

    assertThat(
            world
                .call("POST", node.users())
                .json("{\"name\": \"alice\", \"password\": \"%s\"}".formatted(password))
                .send()
                .status())
        .isEqualTo(201);

    String hash = world.user(node, "alice").orElseThrow().passwordHash;
    assertThat(isHashOf(hash, password)).isTrue();
    for (String other :
        List.of(
            password + "x",
            password.substring(0, password.length() - 1),
            password.substring(0, password.length() - 1) + "y",
            password.substring(1),
            password.replace('ä', 'a'),
            password.replace("€", "?"),
            password.replace("😀", "😁"),
            password.replace(" ", ""),
            password.replace('A', 'a'))) {
      assertThat(isHashOf(hash, other)).as(other).isFalse();
    }
  }

  @Test
  @Covers("batch.common.password-secret")
  void equalPasswordsHaveDifferentHashes() {
    Node node = world.linuxNode();
    for (String name : List.of("alice", "bob")) {
      assertThat(
              world
                  .call("POST", node.users())
                  .json("{\"name\": \"%s\", \"password\": \"%s\"}".formatted(name, CANARY))
                  .send()
                  .status())
          .isEqualTo(201);
    }

    assertThat(world.user(node, "alice").orElseThrow().passwordHash)
        .startsWith("$argon2id$v=19$")
        .isNotEqualTo(world.user(node, "bob").orElseThrow().passwordHash);
  }
}

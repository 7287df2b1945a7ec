package dev.roster.server.apimanagement;

import static dev.roster.testing.PasswordHashes.isHashOf;
import static org.assertj.core.api.Assertions.assertThat;

import dev.roster.server.apimanagement.ApiManagementWorld.Service;
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

/** Passwords, which appear in no answer, no log line and no column. */
@QuarkusTest
@WithTestResource(DatabaseTestResource.class)
class SecretsTest {

  private static final String CANARY = "Canary5d0c71e9b2";
  private static final String NUMBER = "71930582640517394";
  private static final String STORED = "Stored8e4a16f30c";

  @Inject ApiManagementWorld world;
  @Inject StoredServices stored;

  private LogLines log;

  @BeforeEach
  void listen() {
    log = new LogLines();
  }

  @AfterEach
  void stopListening() {
    log.close();
  }

  private static boolean tells(String text) {
    return text.contains(CANARY) || text.contains(NUMBER) || text.contains(STORED);
  }

  private static Answer silent(Answer answer) {
    assertThat(answer.text()).doesNotContain(CANARY, NUMBER, STORED);
    assertThat(answer.headers().toString()).doesNotContain(CANARY, NUMBER, STORED);
    return answer;
  }

  private void assertNothingKept() {
    assertThat(log.lines())
        .as("what only traces tell has been logged")
        .anyMatch(line -> line.startsWith("io.vertx.ext.web."));
    assertThat(log.lines().stream().filter(SecretsTest::tells)).isEmpty();
    assertThat(stored.everything()).isNotEmpty().noneMatch(SecretsTest::tells);
  }

  private String hash(Service service, String userKey) {
    return stored
        .query(
            "select password_hash from apim_user"
                + " where space = 'default' and service_id = ? and user_key = ?",
            world.instance(service).id(),
            userKey)
        .get(0);
  }

  private static String put(String password) {
    return """
        {"properties": {"email": "new@x", "firstName": "F", "lastName": "L", "password": "%s"}}
        """
        .formatted(password);
  }

  private static String patch(String password) {
    return "{\"properties\": {\"password\": \"%s\"}}".formatted(password);
  }

  @Test
  @Covers("apim.common.password-secret")
  void acceptedPasswordsAppearNowhere() {
    Service service = world.newService();

    assertThat(silent(world.put(service.user("new"), put(CANARY))).status()).isEqualTo(201);
    assertThat(isHashOf(hash(service, "new"), CANARY)).isTrue();
    assertThat(silent(world.put(service.user("new"), put(STORED))).status()).isEqualTo(200);
    assertThat(isHashOf(hash(service, "new"), STORED)).isTrue();
    assertThat(isHashOf(hash(service, "new"), CANARY)).isFalse();
    assertThat(silent(world.patch(service.user("new"), patch(CANARY))).status()).isEqualTo(200);
    assertThat(isHashOf(hash(service, "new"), CANARY)).isTrue();

    world.addGroup(service, "g");
    for (Answer answer :
        List.of(
            world.get(service.user("new")),
            world.get(service.users() + "?expandGroups=true"),
            world.call("PUT", service.member("g", "new")).send(),
            world.get(service.group("g") + "/users"),
            world.get(service.user("new") + "/groups"),
            world.get(service.user("new") + "/identities"),
            world.post(service.user("new") + "/generateSsoUrl"),
            world.post(service.user("new") + "/confirmations/password/send"))) {
      assertThat(silent(answer).status()).isIn(200, 201, 204);
      assertThat(answer.text()).doesNotContain("argon2", hash(service, "new"), "password");
    }
    assertThat(stored.everything()).anyMatch(row -> row.contains(hash(service, "new")));
    assertThat(log.lines()).noneMatch(line -> line.contains(hash(service, "new")));
    assertNothingKept();
  }

  @Test
  @Covers("apim.common.password-secret")
  void refusedPasswordsAppearNowhere() {
    Service service = world.newService();
    world.addUser(service, "known");
    List<String> before = stored.of(service);
    Service nowhere =
        new Service(service.subscriptionId(), service.resourceGroup(), "no-such-service");

    Map<String, Integer> refused = new LinkedHashMap<>();
    for (String body : unreadable()) {
      for (Call call : onUsers(service, body)) {
        refuse(refused, call, 400, body);
      }
    }
    for (Call call : onUsers(service, put(CANARY).replace("\"F\"", "\"\""))) {
      refuse(refused, call, 400, "empty name");
    }
    for (Call call :
        onUsers(service, put(CANARY).replace("\"email\"", "\"state\": \"no\", \"email\""))) {
      refuse(refused, call, 400, "unknown state");
    }
    for (Call call : onUsers(service, put(CANARY).replace("new@x", "owner@" + service.name()))) {
      refuse(refused, call, 400, "address taken");
    }
    for (Call call : onUsers(nowhere, put(CANARY))) {
      refuse(refused, call, 404, "no service");
    }
    for (Call call : onUsers(service, put(CANARY.repeat(70_000)))) {
      refuse(refused, call, 413, "too long");
    }
    refuse(
        refused,
        world.call("PATCH", service.user("unknown"), patch(CANARY)).header("If-Match", "*"),
        404,
        "no user");
    refuse(
        refused,
        world.call("PATCH", service.user("known"), patch(CANARY)).header("If-Match", "\"x\""),
        412,
        "stale");
    refuse(refused, world.call("PATCH", service.user("known"), patch(CANARY)), 400, "no If-Match");
    refuse(
        refused,
        world.call("PUT", service.user("known"), put(CANARY)).header("If-None-Match", "*"),
        412,
        "there already");
    for (String verb : List.of("PUT", "PATCH")) {
      String user = service.user(verb.equals("PUT") ? "new" : "known");
      String query = "?" + ApiManagementWorld.VERSION;
      refuse(refused, world.anonymous(verb, user + query).body(put(CANARY)), 401, "nobody");
      refuse(
          refused,
          world
              .anonymous(verb, user)
              .header("Authorization", ApiManagementWorld.BEARER)
              .body(put(CANARY)),
          400,
          "no version");
      refuse(
          refused,
          world
              .call(verb, user)
              .header("If-Match", "*")
              .header("Content-Type", "text/plain")
              .body(put(CANARY)),
          415,
          "media type");
      refuse(
          refused,
          world
              .call(verb, user)
              .header("If-Match", "*")
              .chunkedBody(put(CANARY.repeat(70_000)).getBytes(StandardCharsets.UTF_8)),
          413,
          "too long, in chunks");
      refuse(
          refused,
          world
              .call(verb, user)
              .header("If-Match", "*")
              .chunkedBody(patch(CANARY + "\u00ff").getBytes(StandardCharsets.ISO_8859_1)),
          400,
          "no UTF-8");
      refuse(
          refused,
          world.call(verb, service.user("x".repeat(81)), put(CANARY)).header("If-Match", "*"),
          400,
          "long id");
    }
    // Where no password belongs, the body is not told either.
    refuse(refused, world.call("POST", service.users(), put(CANARY)), 405, "wrong verb");
    refuse(refused, world.call("PUT", service.path() + "/apis/a", put(CANARY)), 404, "no path");
    refuse(refused, world.call("PUT", service.group("g"), patch(CANARY)), 400, "group");
    refuse(
        refused, world.call("POST", service.user("known") + "/token", patch(CANARY)), 400, "token");

    assertThat(refused).hasSizeGreaterThan(40);
    assertThat(stored.of(service)).isEqualTo(before);
    assertNothingKept();
  }

  private List<Call> onUsers(Service service, String body) {
    return List.of(
        world.call("PUT", service.user("new"), body),
        world.call("PATCH", service.user("known"), body).header("If-Match", "*"));
  }

  private static void refuse(Map<String, Integer> refused, Call call, int status, String what) {
    Answer answer = silent(call.send());
    assertThat(answer.status()).as(what + answer.text()).isEqualTo(status);
    refused.merge(what, 1, Integer::sum);
  }

  /** Bodies with a password that answer 400. */
  private static List<String> unreadable() {
    List<String> bodies = new ArrayList<>();
    for (String password :
        List.of(
            "@",
            "\"@",
            "\"@\" \"@\"",
            "\"@\\q\"",
            "\"@\n\"",
            "\"@\\u0000\"",
            "\"\\u0000@\"",
            "\"@\\ud800\"",
            "\"\\udc00@\"",
            "[\"@\"]",
            "{\"@\": \"@\"}",
            NUMBER,
            NUMBER + ".5",
            NUMBER + "x",
            "0" + NUMBER,
            "-" + NUMBER,
            "\"@\", \"firstName\": 5",
            "\"@\", \"state\": []",
            "\"@\", \"identities\": [\"@\"]",
            "\"@\", \"identities\": [{\"provider\": \"@\", \"id\": \"@\"}]")) {
      bodies.add("{\"properties\": {\"password\": " + password.replace("@", CANARY) + "}}");
    }
    for (String body :
        List.of(
            "{'properties': {'password': '@'}}",
            "{\"properties\": {\"password\": \"@\"}",
            "{\"properties\": {\"password\": \"@\"}}}",
            "{\"properties\": {\"password\": \"@\"}} \"@\"",
            "{\"properties\": {\"password\": \"@\"}} @",
            "{\"properties\": {\"password\" \"@\"}}",
            "{\"properties\": {@: 1}}",
            "{\"properties\": \"@\"}",
            "{\"properties\": [\"@\"]}",
            "\"@\"",
            "[\"@\"]",
            NUMBER,
            "@")) {
      bodies.add(body.replace("@", CANARY));
    }
    return bodies;
  }

  @Test
  @Covers("apim.common.password-secret")
  void secretsOfServicesAreToldByNobody() {
    Service service = world.newService();
    world.addUser(service, "u");
    String secret =
        stored
            .query(
                "select encode(token_secret, 'hex') from apim_service"
                    + " where space = 'default' and service_id = ?",
                world.instance(service).id())
            .get(0);
    world.post(service.user("u") + "/generateSsoUrl");
    world.get(service.path());
    world.put(service.path(), ApiManagementWorld.service());

    assertThat(log.lines()).noneMatch(line -> line.contains(secret));
    assertThat(world.get(service.path()).text()).doesNotContain(secret);
  }

  @Test
  @Covers("apim.common.password-secret")
  void allCharactersOfPasswordsCountAndEqualOnesHaveDifferentHashes() {
    Service service = world.newService();
    String password = "\u00e4\u20ac\uD83D\uDE00 Aa1" + "x".repeat(200);
    world.put(service.user("new"), put(password));
    world.put(service.user("other"), put(password).replace("new@x", "other@x"));

    String hash = hash(service, "new");
    assertThat(isHashOf(hash, password)).isTrue();
    for (String different :
        List.of(
            password + "x",
            password.substring(0, password.length() - 1),
            password.substring(1),
            password.replace('\u00e4', 'a'),
            password.replace(" ", ""),
            password.replace('A', 'a'))) {
      assertThat(isHashOf(hash, different)).as(different).isFalse();
    }
    assertThat(hash).startsWith("$argon2id$v=19$").isNotEqualTo(hash(service, "other"));
  }
}

package dev.roster.server.packaged;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.roster.testing.Answer;
import dev.roster.testing.Contract;
import dev.roster.testing.Covers;
import dev.roster.testing.RawHttp;
import dev.roster.testing.ServerProcess;
import dev.roster.testing.Trust;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What the array's published clients send, byte for byte, at the port that they have built in, and
 * what each of them needs to find in the answer.
 *
 * <p>None of them is a Java library. The requests were recorded from the unmodified clients, or
 * read in their source; specs/nimble/NOTES.md names them.
 */
class NimbleClientsIT {

  private static final String SAMPLE = "1000000000000004d3000000000000000000000003";
  private static final String NOBODY = "1000000000000004d3000000000000000000ffffff";

  @TempDir static Path dataDir;

  private static ServerProcess server;
  private static URI array;
  private static SSLContext trust;
  private static int names;

  @BeforeAll
  static void start() {
    server = ServerProcess.start(dataDir, Map.of());
    array = server.nimbleEndpoint();
    trust = Trust.inStore(server.trustStore());
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  /** The headers that a client sends with every request. */
  private record Client(String... headersByTurns) {

    Answer send(String method, String target, String token, String body) {
      RawHttp request =
          RawHttp.of(Contract.NIMBLE, array.toString(), method, target).trusting(trust);
      for (int i = 0; i < headersByTurns.length; i += 2) {
        // Who sends no body announces no type of it.
        if (body != null || !headersByTurns[i].equals("Content-Type")) {
          request.header(headersByTurns[i], headersByTurns[i + 1]);
        }
      }
      if (token != null) {
        request.header("X-Auth-Token", token);
      }
      return body == null
          ? request.send()
          : request.announcedBody(body.getBytes(StandardCharsets.UTF_8)).send();
    }

    /** The data of a log-in. */
    JsonNode logIn(String token, String appName) {
      String app = appName == null ? "" : ", \"app_name\": \"%s\"".formatted(appName);
      Answer answer =
          send(
              "POST",
              "/v1/tokens",
              token,
              "{\"data\": {\"username\": \"admin\", \"password\": \"admin\"%s}}".formatted(app));
      assertThat(answer.status()).as(answer.text()).isEqualTo(201);
      JsonNode data = answer.json().get("data");
      assertThat(data.get("session_token").asText()).matches("[0-9a-z]{31,32}");
      assertThat(data.get("id").asText()).matches("[0-9a-f]{42}");
      return data;
    }
  }

  private static synchronized String newName() {
    names++;
    return "client" + names;
  }

  private static JsonNode list(Answer answer) {
    assertThat(answer.status()).as(answer.text()).isEqualTo(200);
    JsonNode list = answer.json();
    assertThat(list.has("messages")).as("a successful answer with messages is an error").isFalse();
    assertThat(list.get("data").isArray()).isTrue();
    for (String number : List.of("startRow", "endRow", "totalRows")) {
      assertThat(list.get(number).isIntegralNumber()).as(number).isTrue();
    }
    assertThat(list.get("endRow").asInt() - list.get("startRow").asInt())
        .isEqualTo(list.get("data").size());
    return list;
  }

  private static JsonNode object(Answer answer, int status) {
    assertThat(answer.status()).as(answer.text()).isEqualTo(status);
    assertThat(answer.json().has("messages")).isFalse();
    return answer.json().get("data");
  }

  private static JsonNode messages(Answer answer, int status) {
    assertThat(answer.status()).as(answer.text()).isEqualTo(status);
    JsonNode messages = answer.json().get("messages");
    assertThat(messages).hasSizeGreaterThanOrEqualTo(2);
    for (JsonNode message : messages) {
      assertThat(message.get("code").isTextual()).isTrue();
      assertThat(message.get("text").isTextual()).isTrue();
      assertThat(message.get("severity").asText()).isEqualTo("error");
      assertThat(message.path("arguments").isMissingNode() || message.get("arguments").isObject())
          .as("Go cannot read arguments that are a list")
          .isTrue();
    }
    return messages;
  }

  private static List<String> codes(Answer answer, int status) {
    List<String> codes = new ArrayList<>();
    messages(answer, status).forEach(message -> codes.add(message.get("code").asText()));
    return codes;
  }

  private static List<String> names(JsonNode list) {
    List<String> found = new ArrayList<>();
    list.get("data").forEach(row -> found.add(row.get("name").asText()));
    return found;
  }

  /** HPE's SDK for Python, nimble-sdk 1.3.0, which sends by the library requests. */
  @Nested
  class Python {

    private final Client client =
        new Client(
            "User-Agent", "python-requests/2.31.0",
            "Accept-Encoding", "gzip, deflate",
            "Accept", "*/*",
            "Content-Type", "application/json");

    private final JsonNode session = client.logIn(null, "NimOS Python SDK v1.3.0");
    private final String token = session.get("session_token").asText();

    private Answer get(String target) {
      return client.send("GET", target, token, null);
    }

    private Answer post(String target, String body) {
      return client.send("POST", target, token, body);
    }

    private String create(String name, String moreMembers) {
      JsonNode user =
          object(
              post(
                  "/v1/users",
                  "{\"data\": {\"name\": \"%s\", \"password\": \"password-91\"%s}}"
                      .formatted(name, moreMembers)),
              201);
      assertThat(user.get("name").asText()).isEqualTo(name);
      return user.get("id").asText();
    }

    @Test
    void getsOneUserById() {
      assertThat(object(get("/v1/users/" + SAMPLE), 200).get("name").asText())
          .isEqualTo("user729060021");
    }

    @Test
    void getsOneUserByName() {
      JsonNode found = list(get("/v1/users/detail?name=admin"));
      assertThat(names(found)).containsExactly("admin");
      assertThat(found.at("/data/0/role").asText()).isEqualTo("administrator");
      assertThat(list(get("/v1/users/detail?name=" + newName())).get("data")).isEmpty();
    }

    @Test
    void getsAUserWithoutSayingWhich() {
      assertThat(list(get("/v1/users/detail")).get("data")).isNotEmpty();
    }

    @Test
    void getsSomeMembers() {
      JsonNode row = list(get("/v1/users/detail?name=admin&fields=id%2Cname")).at("/data/0");
      assertThat(row.fieldNames()).toIterable().containsExactlyInAnyOrder("id", "name");
    }

    /** The SDK asks on with startRow until endRow is totalRows, or a page is empty. */
    private List<String> follow(String target, String separator) {
      List<String> found = new ArrayList<>();
      JsonNode page = list(get(target));
      found.addAll(names(page));
      while (page.get("endRow").asInt() != page.get("totalRows").asInt()
          && !page.get("data").isEmpty()) {
        page = list(get(target + separator + "startRow=" + found.size()));
        found.addAll(names(page));
      }
      return found;
    }

    @Test
    void listsAllUsers() {
      String name = newName();
      create(name, "");
      assertThat(follow("/v1/users", "?")).contains("admin", name).doesNotHaveDuplicates();
    }

    @Test
    void listsInDetailAndOrder() {
      String name = newName();
      create("a" + name, ", \"full_name\": \"Of %s\"".formatted(name));
      create("b" + name, ", \"full_name\": \"Of %s\"".formatted(name));
      assertThat(follow("/v1/users/detail?fields=id%2Cname&sortBy=-name&full_name=Of+" + name, "&"))
          .containsExactly("b" + name, "a" + name);
    }

    @Test
    void listsPagesFromAnId() {
      String first = create(newName(), "");
      String name = newName();
      create(name, "");
      assertThat(list(get("/v1/users?pageSize=2")).get("data")).hasSize(2);
      assertThat(names(list(get("/v1/users?pageSize=1&id%3E" + first)))).containsExactly(name);
      assertThat(names(list(get("/v1/users?id%3E" + first + "&name=" + name))))
          .containsExactly(name);
    }

    @Test
    void asksForTheEmptyPageAfterAWindow() {
      create(newName(), "");
      create(newName(), "");
      JsonNode window = list(get("/v1/users?startRow=1&endRow=3"));
      assertThat(window.get("data")).hasSize(2);
      assertThat(list(get("/v1/users?startRow=3&endRow=3")).get("data")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"/v1/users", "/v1/users/detail"})
    void filtersByCriteria(String target) {
      String name = newName();
      create(name, "");
      String query =
          """
          {"data": {"_constructor": "AdvancedCriteria", "operator": "and", "criteria": [
             {"fieldName": "name", "operator": "equals", "value": "%s"},
             {"operator": "or", "criteria": [
               {"fieldName": "role", "operator": "inSet", "values": ["guest"]},
               {"fieldName": "creation_time", "operator": "between", "value1": 1, "value2": 2}]},
             {"fieldName": "disabled", "operator": "equals", "value": "false"}]},
           "operationType": "fetch"}
          """
              .formatted(name);
      JsonNode found = list(post(target, query));
      assertThat(names(found)).containsExactly(name);
      assertThat(found.get("endRow").asInt()).isEqualTo(found.get("totalRows").asInt());
      assertThat(list(post(target + "?startRow=1&endRow=1", query)).get("data")).isEmpty();
    }

    @Test
    void createsAndUpdatesAndUnlocksAndDeletes() {
      String id =
          create(
              newName(), ", \"role\": \"guest\", \"disabled\": true, \"inactivity_timeout\": 60");
      JsonNode updated =
          object(
              client.send(
                  "PUT",
                  "/v1/users/" + id,
                  token,
                  "{\"data\": {\"description\": \"d\", \"disabled\": false}}"),
              200);
      assertThat(updated.get("id").asText()).isEqualTo(id);
      assertThat(updated.get("description").asText()).isEqualTo("d");
      assertThat(updated.get("disabled").asBoolean()).isFalse();
      assertThat(updated.get("inactivity_timeout").asInt()).isEqualTo(60);
      // As HPE's guide shows, callers repeat the id among the members.
      assertThat(
              object(
                      client.send(
                          "PUT",
                          "/v1/users/" + id,
                          token,
                          "{\"data\": {\"id\": \"%s\", \"description\": \"e\"}}".formatted(id)),
                      200)
                  .get("description")
                  .asText())
          .isEqualTo("e");
      Answer unlocked =
          post("/v1/users/" + id + "/actions/unlock", "{\"data\": {\"id\": \"%s\"}}".formatted(id));
      assertThat(object(unlocked, 200).get("auth_lock").asBoolean()).isFalse();
      Answer deleted = client.send("DELETE", "/v1/users/" + id, token, null);
      assertThat(deleted.status()).isEqualTo(200);
      assertThat(deleted.json()).as("the SDK reads JSON").isEmpty();
      assertThat(codes(get("/v1/users/" + id), 404))
          .containsExactly("SM_http_not_found", "SM_enoent");
    }

    @Test
    void readsVersionsAndItsToken() {
      assertThat(
              list(client.send("GET", "/versions/detail", token, null)).at("/data/0/name").asText())
          .isEqualTo("v1");
      assertThat(names(list(client.send("GET", "/versions", token, null)))).containsExactly("v1");
      JsonNode found = list(get("/v1/tokens/detail?session_token=" + token));
      assertThat(found.at("/data/0/id")).isEqualTo(session.get("id"));
    }

    @Test
    void closesItsSession() {
      Answer closed =
          client.send("DELETE", "/v1/tokens/" + session.get("id").asText(), token, null);
      assertThat(closed.status()).isEqualTo(200);
      assertThat(closed.json()).isEmpty();
      assertThat(codes(get("/v1/users"), 401)).contains("SM_http_unauthorized");
    }

    /** It looks whether the session lives, logs in, and sends the request again. */
    @Test
    @Covers("nimble.common.unauthorized-means-dead")
    void renewsADeadSessionAndRepeatsTheRequest() {
      String path = "/v1/tokens/" + session.get("id").asText();
      client.send("DELETE", path, token, null);
      String body = "{\"data\": {\"full_name\": \"Renewed\"}}";
      Answer refused = client.send("PUT", "/v1/users/" + SAMPLE, token, body);
      assertThat(refused.text()).contains("SM_http_unauthorized");

      Answer liveness = get(path);
      assertThat(liveness.json().at("/messages/0/severity").asText()).isEqualTo("error");
      String renewed = client.logIn(null, "NimOS Python SDK v1.3.0").get("session_token").asText();
      Answer repeated = client.send("PUT", "/v1/users/" + SAMPLE, renewed, body);
      assertThat(object(repeated, 200).get("full_name").asText()).isEqualTo("Renewed");
    }

    @Test
    @Covers("nimble.common.unauthorized-means-dead")
    void isNeverToldUnauthorizedForOtherReasons() {
      String name = newName();
      create(name, "");
      String guest =
          client
              .send(
                  "POST",
                  "/v1/tokens",
                  null,
                  "{\"data\": {\"username\": \"%s\", \"password\": \"password-91\"}}"
                      .formatted(name))
              .json()
              .at("/data/session_token")
              .asText();
      Answer denied = client.send("DELETE", "/v1/users/" + SAMPLE, guest, null);
      assertThat(codes(denied, 403)).containsExactly("SM_http_forbidden", "SM_eperm");
      assertThat(denied.text())
          .as("it would repeat the request for ever")
          .doesNotContain("SM_http_unauthorized");
    }

    @Test
    void isRefusedWithBadCredentials() {
      Answer refused =
          client.send(
              "POST",
              "/v1/tokens",
              null,
              "{\"data\": {\"username\": \"%s\", \"password\": \"x\", \"app_name\": \"a\"}}"
                  .formatted(newName()));
      assertThat(messages(refused, 401).at("/0/code").asText()).isEqualTo("SM_http_unauthorized");
    }

    /** The sequence of the SDK's own tests/test_user.py. */
    @Test
    void passesItsOwnTests() {
      // A slip there sends a number for the application's name.
      Answer logIn =
          client.send(
              "POST",
              "/v1/tokens",
              null,
              "{\"data\": {\"username\": \"admin\", \"password\": \"admin\", \"app_name\": 60}}");
      assertThat(object(logIn, 201).get("app_name").asText()).isEqualTo("60");
      assertThat(list(get("/v1/arrays/detail")).at("/data/0/version").asText())
          .matches("5\\.2\\.\\d+\\.\\d+-\\d+-opt");

      String id = create(newName(), "");
      assertThat(client.send("DELETE", "/v1/users/" + id, token, null).status()).isEqualTo(200);
      String longName = "a".repeat(96);
      assertThat(
              codes(
                  post(
                      "/v1/users",
                      "{\"data\": {\"name\": \"%s\", \"password\": \"password-91\"}}"
                          .formatted(longName)),
                  400))
          .containsExactly("SM_http_bad_request", "SM_invalid_arg_value");
      String full =
          create(
              newName(),
              ", \"description\": \"d\", \"role\": \"poweruser\", \"full_name\": \"Full Name\","
                  + " \"email_addr\": \"bob@wikipedia.com\", \"inactivity_timeout\": 1800");
      assertThat(
              object(
                      client.send(
                          "PUT", "/v1/users/" + full, token, "{\"data\": {\"role\": \"guest\"}}"),
                      200)
                  .get("role")
                  .asText())
          .isEqualTo("guest");
      for (String password : List.of("pass91*", "password&91")) {
        assertThat(
                codes(
                    post(
                        "/v1/users",
                        "{\"data\": {\"name\": \"%s\", \"password\": \"%s\"}}"
                            .formatted(newName(), password)),
                    400))
            .containsExactly("SM_http_bad_request", "SM_invalid_arg_value");
      }
    }
  }

  /** HPE's SDK for Go, which sends by the library resty. */
  @Nested
  class Go {

    private final Client client =
        new Client(
            "User-Agent", "go-resty/2.2.0 (https://github.com/go-resty/resty)",
            "Content-Type", "application/json",
            "Accept-Encoding", "gzip");

    /** At the first log-in the header is there, and empty. */
    private final JsonNode session = client.logIn("", "Go sdkv1 client");

    private final String token = session.get("session_token").asText();

    private Answer get(String target) {
      return client.send("GET", target, token, null);
    }

    private String create(String name) {
      JsonNode user =
          object(
              client.send(
                  "POST",
                  "/v1/users",
                  token,
                  "{\"data\":{\"name\":\"%s\",\"role\":\"guest\",\"password\":\"password-91\",\"inactivity_timeout\":0,\"disabled\":false}}"
                      .formatted(name)),
              201);
      assertDecodes(user);
      return user.get("id").asText();
    }

    /** It decodes into pointers to text, number and boolean, and fails on anything else. */
    private void assertDecodes(JsonNode user) {
      for (String text :
          List.of(
              "id",
              "name",
              "search_name",
              "description",
              "role_id",
              "role",
              "full_name",
              "email_addr")) {
        assertThat(user.get(text).isTextual()).as(text).isTrue();
      }
      for (String number :
          List.of(
              "inactivity_timeout",
              "creation_time",
              "last_modified",
              "last_login",
              "last_logout")) {
        assertThat(user.get(number).isIntegralNumber()).as(number).isTrue();
      }
      for (String flag : List.of("disabled", "logged_in")) {
        assertThat(user.get(flag).isBoolean()).as(flag).isTrue();
      }
    }

    @Test
    void getsAUserByName() {
      assertThat(names(list(get("/v1/users/detail?name=admin")))).containsExactly("admin");
    }

    @Test
    void getsAUserByANameWithABlankThroughAQuery() {
      Answer found =
          client.send(
              "POST",
              "/v1/users/detail",
              token,
              "{\"data\":{\"_constructor\":\"AdvancedCriteria\",\"operator\":\"and\",\"criteria\":[{\"fieldName\":\"name\",\"operator\":\"equals\",\"value\":\"a b\"}]},\"operationType\":\"fetch\"}");
      assertThat(list(found).get("data")).isEmpty();
    }

    @Test
    void getsUsersInDetail() {
      list(get("/v1/users/detail")).get("data").forEach(this::assertDecodes);
    }

    @Test
    void getsAPageThatIsLargerThanTheRest() {
      JsonNode page =
          list(get("/v1/users/detail?endRow=2&fields=id%2Cname&sortBy=-name&startRow=0"));
      assertThat(page.get("data")).hasSize(2);
      page.get("data").forEach(row -> assertThat(row).hasSize(2));
      JsonNode clamped = list(get("/v1/users/detail?endRow=1000&startRow=0"));
      assertThat(clamped.get("endRow")).isEqualTo(clamped.get("totalRows"));
    }

    @Test
    void repeatsTheWindowBesideTheCriteria() {
      String name = newName();
      create(name);
      Answer found =
          client.send(
              "POST",
              "/v1/users/detail?endRow=2&startRow=0",
              token,
              "{\"data\":{\"_constructor\":\"AdvancedCriteria\",\"operator\":\"and\",\"criteria\":[{\"fieldName\":\"name\",\"operator\":\"iContains\",\"value\":\"%s\"}]},\"operationType\":\"fetch\",\"startRow\":0,\"endRow\":2}"
                  .formatted(name.toUpperCase(Locale.ROOT)));
      assertThat(names(list(found))).contains(name);
    }

    @Test
    void sendsASetInValue() {
      String name = newName();
      create(name);
      Answer found =
          client.send(
              "POST",
              "/v1/users/detail",
              token,
              "{\"data\":{\"_constructor\":\"AdvancedCriteria\",\"operator\":\"and\",\"criteria\":[{\"fieldName\":\"name\",\"operator\":\"inSet\",\"value\":[\"%s\",\"none\"]}]},\"operationType\":\"fetch\"}"
                  .formatted(name));
      assertThat(names(list(found))).containsExactly(name);
    }

    @Test
    void takesAnUnknownIdForNothing() {
      assertThat(get("/v1/users/" + NOBODY).status()).isEqualTo(404);
      assertDecodes(object(get("/v1/users/" + SAMPLE), 200));
    }

    @Test
    void createsAndBlanksAndUnlocksAndDeletes() {
      String id = create(newName());
      JsonNode blanked =
          object(
              client.send("PUT", "/v1/users/" + id, token, "{\"data\":{\"description\":\"\"}}"),
              200);
      assertDecodes(blanked);
      assertThat(blanked.get("description").asText()).isEmpty();
      Answer unlocked =
          client.send(
              "POST",
              "/v1/users/" + id + "/actions/unlock",
              token,
              "{\"data\":{\"id\":\"%s\"}}".formatted(id));
      assertThat(object(unlocked, 200).get("auth_lock").isBoolean()).isTrue();
      Answer deleted = client.send("DELETE", "/v1/users/" + id, token, null);
      assertThat(deleted.status()).as("204 has no JSON to read").isEqualTo(200);
      assertThat(deleted.json().isObject()).isTrue();
    }

    @Test
    void getsVersions() {
      assertThat(list(get("/v1/versions/detail")).at("/data/0/software_version").asText())
          .startsWith("5.2.");
    }

    @Test
    void logsOutByLookingItsTokenUp() {
      String id = list(get("/v1/tokens/detail?session_token=" + token)).at("/data/0/id").asText();
      assertThat(id).isEqualTo(session.get("id").asText());
      assertThat(client.send("DELETE", "/v1/tokens/" + id, token, null).json().isObject()).isTrue();
      assertThat(codes(get("/v1/users/detail"), 401)).first().isEqualTo("SM_http_unauthorized");
    }

    /** It logs in anew with the old token in the header. */
    @Test
    @Covers("nimble.create-token.header-ignored")
    void logsInAgainWithAStaleToken() {
      client.send("DELETE", "/v1/tokens/" + session.get("id").asText(), token, null);
      assertThat(codes(get("/v1/users/detail"), 401)).first().isEqualTo("SM_http_unauthorized");
      String renewed = client.logIn(token, "Go sdkv1 client").get("session_token").asText();
      assertThat(client.send("GET", "/v1/users/detail", renewed, null).status()).isEqualTo(200);
    }

    /** TestNewClient of the SDK: the last read has to be 404, and not 401. */
    @Test
    void passesItsOwnTestOfTokens() {
      JsonNode other =
          object(
              client.send(
                  "POST",
                  "/v1/tokens",
                  token,
                  "{\"data\":{\"username\":\"admin\",\"password\":\"admin\"}}"),
              201);
      String id = other.get("id").asText();
      assertThat(object(get("/v1/tokens/" + id), 200).get("id").asText()).isEqualTo(id);
      assertThat(list(get("/v1/tokens/detail")).get("data")).isNotEmpty();
      assertThat(client.send("DELETE", "/v1/tokens/" + id, token, null).status()).isEqualTo(200);
      assertThat(get("/v1/tokens/" + id).status()).isEqualTo(404);
    }
  }

  /** The array's modules for Ansible, which use the SDK for Python. */
  @Nested
  class Ansible {

    private final Client client =
        new Client(
            "User-Agent", "python-requests/2.31.0",
            "Accept-Encoding", "gzip, deflate",
            "Accept", "*/*",
            "Content-Type", "application/json");

    private final String token =
        client.logIn(null, "HPE Nimble Ansible Modules v1.1.0").get("session_token").asText();

    private JsonNode find(String name) {
      return list(client.send("GET", "/v1/users/detail?name=" + name, token, null)).get("data");
    }

    @Test
    void createsChangesUnlocksAndRemovesAUser() {
      String name = newName();
      assertThat(find(name)).isEmpty();
      assertThat(find(name)).isEmpty();
      object(
          client.send(
              "POST",
              "/v1/users",
              token,
              "{\"data\": {\"name\": \"%s\", \"password\": \"password-91\", \"role\": \"operator\"}}"
                  .formatted(name)),
          201);

      String id = find(name).at("/0/id").asText();
      assertThat(find(name)).hasSize(1);
      JsonNode changed =
          object(
              client.send(
                  "PUT",
                  "/v1/users/" + id,
                  token,
                  "{\"data\": {\"name\": \"%sx\", \"password\": \"password-92\", \"auth_password\": \"admin\"}}"
                      .formatted(name)),
              200);
      assertThat(changed.get("name").asText()).isEqualTo(name + "x");

      assertThat(find(name + "x")).hasSize(1);
      assertThat(
              client
                  .send(
                      "POST",
                      "/v1/users/" + id + "/actions/unlock",
                      token,
                      "{\"data\": {\"id\": \"%s\"}}".formatted(id))
                  .status())
          .isEqualTo(200);
      assertThat(client.send("DELETE", "/v1/users/" + id, token, null).json().isObject()).isTrue();
      assertThat(find(name + "x")).isEmpty();
    }
  }

  /** OpenStack Cinder's driver: a text for a body, and no Content-Type. */
  @Nested
  class Cinder {

    private final Client client =
        new Client(
            "User-Agent", "python-requests/2.31.0",
            "Accept-Encoding", "gzip, deflate",
            "Accept", "*/*");

    private final String token =
        client.logIn(null, "NimbleCinderDriver").get("session_token").asText();

    @Test
    @Covers("nimble.common.content-type")
    void sendsBodiesWithoutAContentType() {
      Answer created =
          client.send(
              "POST",
              "/v1/users",
              token,
              "{\"data\": {\"name\": \"%s\", \"password\": \"password-91\", \"disabled\": \"true\", \"inactivity_timeout\": \"60\"}}"
                  .formatted(newName()));
      JsonNode user = object(created, 201);
      assertThat(user.get("disabled").booleanValue()).isTrue();
      assertThat(user.get("inactivity_timeout").intValue()).isEqualTo(60);
    }

    /** It reports the text of the second message, and looks for fragments in it. */
    @ParameterizedTest
    @CsvSource({
      "POST,/v1/users,409,Object exists",
      "PUT,/v1/users/" + NOBODY + ",404,No such object"
    })
    void findsItsFragmentsInTheSecondMessage(
        String method, String target, int status, String fragment) {
      Answer answer =
          client.send(
              method,
              target,
              token,
              method.equals("POST")
                  ? "{\"data\": {\"name\": \"admin\", \"password\": \"password-91\"}}"
                  : "{\"data\": {\"description\": \"d\"}}");
      assertThat(messages(answer, status).at("/1/text").asText()).contains(fragment);
    }

    /** It logs in again on whatever it takes for a failure, with the header of before. */
    @Test
    void logsInAgain() {
      Answer failed = client.send("GET", "/v1/users/detail", "0".repeat(32), null);
      assertThat(messages(failed, 401)).hasSizeGreaterThanOrEqualTo(2);
      assertThat(client.logIn("0".repeat(32), "NimbleCinderDriver").get("session_token").asText())
          .isNotEqualTo(token);
    }
  }

  /** HPE's PowerShell toolkit: a form's Content-Type, booleans as texts, many small requests. */
  @Nested
  class PowerShell {

    private final Client client =
        new Client(
            "User-Agent", "Mozilla/5.0 (Windows NT; Windows NT 10.0; en-US) WindowsPowerShell/5.1",
            "Content-Type", "application/x-www-form-urlencoded");

    private final String token = client.logIn(null, null).get("session_token").asText();

    @Test
    void asksForVersionsWithoutAToken() {
      JsonNode versions = list(client.send("GET", "/versions", null, null));
      assertThat(versions.at("/data/0/name").asText()).isEqualTo("v1");
      assertThat(list(client.send("GET", "/v1/versions", token, null)).at("/data/0/name").asText())
          .isEqualTo("v1");
    }

    @Test
    @Covers({"nimble.common.content-type", "nimble.common.text-for-scalars"})
    void createsAndSetsAndUnlocksAndRemoves() {
      String name = newName();
      JsonNode user =
          object(
              client.send(
                  "POST",
                  "/v1/users",
                  token,
                  "{\"data\":{\"name\":\"%s\",\"password\":\"password-91\",\"disabled\":\"false\",\"inactivity_timeout\":60}}"
                      .formatted(name)),
              201);
      String path = "/v1/users/" + user.get("id").asText();
      JsonNode set =
          object(client.send("PUT", path, token, "{\"data\":{\"disabled\":\"true\"}}"), 200);
      assertThat(set.get("disabled").booleanValue()).isTrue();
      assertThat(set.get("inactivity_timeout").intValue()).isEqualTo(60);
      assertThat(client.send("POST", path + "/actions/unlock", token, "{\"data\":{}}").status())
          .isEqualTo(200);
      assertThat(client.send("DELETE", path, token, null).status()).isEqualTo(200);
    }

    @Test
    void readsEveryRowOfAListByItsId() {
      for (JsonNode row :
          list(client.send("GET", "/v1/users?disabled=false", token, null)).get("data")) {
        JsonNode user =
            object(client.send("GET", "/v1/users/" + row.get("id").asText(), token, null), 200);
        assertThat(user.get("name")).isEqualTo(row.get("name"));
        assertThat(user.get("disabled").booleanValue()).isFalse();
      }
    }
  }

  /** Centreon's plugin, SODA's dock and curl, by what sets them apart: the Content-Type. */
  @ParameterizedTest
  @CsvSource({
    "application/json;charset=UTF-8,application/json;charset=UTF-8",
    "application/json;charset=utf-8,application/json",
    "application/x-www-form-urlencoded,*/*"
  })
  @Covers("nimble.common.content-type")
  void othersLogInAndRead(String contentType, String accept) {
    Client client = new Client("Content-Type", contentType, "Accept", accept);
    String token = client.logIn(null, null).get("session_token").asText();
    assertThat(list(client.send("GET", "/v1/users/detail", token, null)).get("data")).isNotEmpty();
  }
}

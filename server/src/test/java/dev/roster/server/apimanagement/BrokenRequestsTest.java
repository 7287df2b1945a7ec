package dev.roster.server.apimanagement;

import static dev.roster.server.apimanagement.ApiManagementErrorAssert.assertGatewayError;
import static dev.roster.server.apimanagement.ApiManagementErrorAssert.assertServiceError;
import static dev.roster.server.apimanagement.ApiManagementErrorAssert.assertValidationError;
import static dev.roster.server.apimanagement.ApiManagementHeadersAssert.assertHeaders;
import static dev.roster.server.apimanagement.ApiManagementWorld.VERSION;
import static dev.roster.server.apimanagement.ApiManagementWorld.group;
import static dev.roster.server.apimanagement.ApiManagementWorld.names;
import static org.assertj.core.api.Assertions.assertThat;

import dev.roster.server.apimanagement.ApiManagementWorld.Service;
import dev.roster.testing.Answer;
import dev.roster.testing.Call;
import dev.roster.testing.Contract;
import dev.roster.testing.Covers;
import dev.roster.testing.DatabaseTestResource;
import dev.roster.testing.RawHttp;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Requests that no client should send; each has one answer, and never one that is retried. */
@QuarkusTest
@WithTestResource(DatabaseTestResource.class)
class BrokenRequestsTest {

  private static final int MEBIBYTE = 1024 * 1024;

  @Inject ApiManagementWorld world;
  @Inject StoredServices stored;

  /** The operations that take a body, with one that they take. */
  enum Operation {
    PUT_USER(
        "PUT",
        "/users/new",
        "{\"properties\": {\"email\": \"n@x\", \"firstName\": \"F\", \"lastName\": \"L\"}}"),
    PATCH_USER("PATCH", "/users/known", "{\"properties\": {\"lastName\": \"L\"}}"),
    PUT_GROUP("PUT", "/groups/new", "{\"properties\": {\"displayName\": \"G\"}}"),
    PATCH_GROUP("PATCH", "/groups/known", "{\"properties\": {\"displayName\": \"G\"}}"),
    TOKEN(
        "POST",
        "/users/known/token",
        "{\"properties\": {\"keyType\": \"primary\", \"expiry\": \"2020-01-01T00:00:00Z\"}}"),
    PUT_SERVICE(
        "PUT",
        "",
        "{\"location\": \"L\", \"sku\": {\"name\": \"Developer\", \"capacity\": 1},"
            + " \"properties\": {\"publisherEmail\": \"p@x\", \"publisherName\": \"P\"}}");

    private final String verb;
    private final String path;
    private final String body;

    Operation(String verb, String path, String body) {
      this.verb = verb;
      this.path = path;
      this.body = body;
    }

    /** A body that is good but for one more member; of two with one name the last counts. */
    String with(String member, String value) {
      return "%s, \"%s\": %s}".formatted(body.substring(0, body.length() - 1), member, value);
    }

    /** As {@link #with}, a member of properties. */
    String withProperty(String member, String value) {
      return "%s, \"%s\": %s}}".formatted(body.substring(0, body.length() - 2), member, value);
    }
  }

  /**
   * A body that an operation does not take.
   *
   * @param target what a ValidationError names; empty for an unreadable body
   */
  record Case(Operation operation, String body, String target) {
    @Override
    public String toString() {
      return operation + " " + (body.length() > 80 ? body.substring(0, 80) + "..." : body);
    }
  }

  static Stream<Case> malformed() {
    List<Case> cases = new ArrayList<>();
    for (Operation operation : Operation.values()) {
      for (String body :
          List.of(
              "{",
              "}",
              "{\"properties\"",
              "{\"properties\": ",
              "{\"properties\": {}",
              "{properties: {}}",
              "{'properties': {}}",
              "{\"properties\": {},}",
              "{\"a\": \"b\\x\"}",
              "{\"a\": \"b\nc\"}",
              "{\"a\": 01}",
              "{\"a\": NaN}",
              "{\"\\ud800\": 1}",
              operation.body + " x",
              operation.body + operation.body,
              operation.body + ",",
              operation.body + " // done",
              operation.body + "\u0000",
              "<user/>",
              "name=a",
              "\u0000",
              "[".repeat(1_000),
              "[".repeat(100_000),
              "{\"a\":".repeat(100_000),
              "{\"a\": " + "[".repeat(1_000) + "]".repeat(1_000) + "}",
              "{\"a\": " + "[".repeat(100_000) + "]".repeat(100_000) + "}",
              operation.with("a", "{\"a\":".repeat(1_000) + "1" + "}".repeat(1_000)),
              operation.withProperty("a", "[".repeat(1_000) + "]".repeat(1_000)),
              operation.with("a", "9".repeat(5_000)),
              operation.with("a".repeat(60_000), "1"),
              // not objects
              "[]",
              "[{}]",
              "[" + operation.body + "]",
              "\"text\"",
              "\"\"",
              "1",
              "1.5",
              "true",
              "false",
              "null")) {
        cases.add(new Case(operation, body, ""));
      }
    }
    return cases.stream();
  }

  private static final String[] NO_TEXT = {"5", "1.5", "true", "{}", "[]", "[\"a\"]"};

  static Stream<Case> wrongTypes() {
    List<Case> cases = new ArrayList<>();
    for (Operation operation : Operation.values()) {
      for (String value : List.of("5", "1.5", "true", "\"a\"", "\"\"", "[]", "[{}]")) {
        cases.add(new Case(operation, operation.with("properties", value), ""));
      }
    }
    for (Operation operation : List.of(Operation.PUT_USER, Operation.PATCH_USER)) {
      for (String member : List.of("email", "firstName", "lastName", "password", "note")) {
        wrong(cases, operation, member, NO_TEXT);
      }
      wrong(cases, operation, "state", "{}", "[]", "[\"active\"]");
      wrong(
          cases,
          operation,
          "identities",
          "5",
          "true",
          "\"a\"",
          "\"\"",
          "{}",
          "{\"provider\": \"Microsoft\", \"id\": \"a\"}",
          "[5]",
          "[\"a\"]",
          "[\"\"]",
          "[[]]",
          "[true]",
          "[{\"provider\": 5}]",
          "[{\"provider\": \"Microsoft\", \"id\": 5}]",
          "[{\"provider\": \"Microsoft\", \"id\": {}}]");
    }
    wrong(cases, Operation.PUT_USER, "appType", "{}", "[]");
    wrong(cases, Operation.PUT_USER, "confirmation", "{}", "[]");
    for (Operation operation : List.of(Operation.PUT_GROUP, Operation.PATCH_GROUP)) {
      for (String member : List.of("displayName", "description", "externalId")) {
        wrong(cases, operation, member, NO_TEXT);
      }
      wrong(cases, operation, "type", "{}", "[]", "[\"custom\"]");
    }
    wrong(cases, Operation.TOKEN, "keyType", "{}", "[]", "[\"primary\"]");
    wrong(cases, Operation.TOKEN, "expiry", "5", "1.5", "-1", "true", "{}", "[]", "[2020]");
    for (String member : List.of("publisherEmail", "publisherName", "notificationSenderEmail")) {
      wrong(cases, Operation.PUT_SERVICE, member, NO_TEXT);
    }
    for (String value : NO_TEXT) {
      service(cases, "location", value, "");
      service(cases, "tags", "{\"a\": " + value + "}", "");
      service(cases, "sku", "{\"name\": " + value + ", \"capacity\": 1}", "");
    }
    for (String value : List.of("5", "1.5", "true", "\"a\"", "\"\"", "[]")) {
      service(cases, "sku", value, "");
      service(cases, "tags", value, "");
    }
    for (String value :
        List.of(
            "\"1\"",
            "\"\"",
            "1.5",
            "true",
            "{}",
            "[]",
            "99999999999",
            "-99999999999",
            "1e999999999",
            "1e-999999999")) {
      service(cases, "sku", "{\"name\": \"Developer\", \"capacity\": " + value + "}", "");
    }
    return cases.stream();
  }

  private static void wrong(
      List<Case> cases, Operation operation, String member, String... values) {
    for (String value : values) {
      cases.add(new Case(operation, operation.withProperty(member, value), ""));
    }
  }

  private static void service(List<Case> cases, String member, String value, String target) {
    cases.add(new Case(Operation.PUT_SERVICE, Operation.PUT_SERVICE.with(member, value), target));
  }

  static Stream<Case> wrongValues() {
    List<Case> cases = new ArrayList<>();
    for (Operation operation : List.of(Operation.PUT_USER, Operation.PATCH_USER)) {
      for (String state : List.of("\"none\"", "0", "1.5", "true", "\"active \"", "\"\\u0000\"")) {
        cases.add(new Case(operation, operation.withProperty("state", state), "state"));
      }
      for (String identities :
          List.of(
              "[null]",
              "[{}]",
              "[{\"id\": \"a\"}]",
              "[{\"provider\": null}]",
              "[{\"provider\": \"\"}]")) {
        cases.add(
            new Case(
                operation,
                operation.withProperty("identities", identities),
                "identities[0].provider"));
      }
    }
    for (Operation operation : List.of(Operation.PUT_GROUP, Operation.PATCH_GROUP)) {
      for (String type :
          List.of(
              "\"system\"",
              "\"SYSTEM\"",
              "\"none\"",
              "0",
              "true",
              "\"\\u0000\"",
              "\"\"",
              "\" \"")) {
        cases.add(new Case(operation, operation.withProperty("type", type), "type"));
      }
    }
    for (String keyType :
        List.of(
            "\"none\"", "\"\"", "0", "1", "true", "\"primary \"", "\"\\ud800\"", "1e999999999")) {
      cases.add(
          new Case(Operation.TOKEN, Operation.TOKEN.withProperty("keyType", keyType), "keyType"));
    }
    for (String time :
        List.of(
            "",
            "yesterday",
            "2023-02-30T00:00:00Z",
            "2023-02-29T00:00:00Z",
            "2023-13-01T00:00:00Z",
            "2023-1-1T00:00:00Z",
            "23-01-01T00:00:00Z",
            "20230101T000000Z",
            "2023-01-01",
            "2023-01-01T25:00:00Z",
            "2023-01-01T24:00:00Z",
            "2023-01-01T00:60:00Z",
            "2023-01-01T00:00:60Z",
            "2023-01-01T00:00Z",
            "2023-01-01T00:00:00",
            "2023-01-01T00:00:00.Z",
            "2023-01-01T00:00:00.1234567890",
            "9999-12-31T23:59:59.99999995Z",
            "2023-01-01T00:00:00,5Z",
            "2023-01-01T00:00:00+0100",
            "2023-01-01T00:00:00+25:00",
            "2023-01-01T00:00:00 Z",
            "2023-01-01 00:00:00Z",
            "0000-01-01T00:00:00Z",
            "10000-01-01T00:00:00Z",
            "+10000-01-01T00:00:00Z",
            "-2023-01-01T00:00:00Z",
            " 2023-01-01T00:00:00Z",
            "2023-01-01T00:00:00Z\\u0000",
            "2023-01-01T00:00:00\\ud800Z",
            "Mon, 21 Nov 2016 18:27:39 GMT",
            "/Date(1479752859000)/",
            "1674000000",
            "P1D",
            "now")) {
      cases.add(
          new Case(
              Operation.TOKEN, Operation.TOKEN.withProperty("expiry", '"' + time + '"'), "expiry"));
    }
    return cases.stream();
  }

  static Stream<Case> unstorable() {
    List<Case> cases = new ArrayList<>();
    for (String escaped :
        List.of("\\u0000", "a\\u0000b", "\\ud800", "a\\ud83d", "\\udc00", "\\ude00\\ud83d")) {
      String text = '"' + escaped + '"';
      for (Operation operation : List.of(Operation.PUT_USER, Operation.PATCH_USER)) {
        for (String member : List.of("email", "firstName", "lastName", "password", "note")) {
          cases.add(new Case(operation, operation.withProperty(member, text), member));
        }
        cases.add(
            new Case(
                operation,
                operation.withProperty("identities", "[{\"provider\": " + text + "}]"),
                "identities[0].provider"));
        cases.add(
            new Case(
                operation,
                operation.withProperty(
                    "identities",
                    "[{\"provider\": \"Google\"}, {\"provider\": \"Aad\", \"id\": " + text + "}]"),
                "identities[1].id"));
      }
      for (Operation operation : List.of(Operation.PUT_GROUP, Operation.PATCH_GROUP)) {
        for (String member : List.of("displayName", "description", "externalId")) {
          cases.add(new Case(operation, operation.withProperty(member, text), member));
        }
      }
      for (String member : List.of("publisherEmail", "publisherName", "notificationSenderEmail")) {
        cases.add(
            new Case(
                Operation.PUT_SERVICE, Operation.PUT_SERVICE.withProperty(member, text), member));
      }
      service(cases, "location", text, "location");
      service(cases, "sku", "{\"name\": " + text + ", \"capacity\": 1}", "sku.name");
      service(cases, "tags", "{\"a\": \"b\", \"c\": " + text + "}", "tags.c");
    }
    service(cases, "tags", "{\"\\u0000\": \"b\"}", "tags");
    service(cases, "tags", "{\"a\": \"b\", \"c\\u0000d\": \"b\"}", "tags");
    service(cases, "tags", "{\"\\u0000\": \"\\u0000\"}", "tags.\0");
    service(cases, "tags", "{\"a.b\": \"\\ud800\"}", "tags.a.b");
    // In the name of a member a parser does not get that far.
    service(cases, "tags", "{\"\\ud800\": \"b\"}", "");
    service(cases, "tags", "{\"\\ud800\": \"\\u0000\"}", "");
    service(cases, "tags", "{\"a\\udc00\": 5}", "");
    return cases.stream();
  }

  @ParameterizedTest
  @MethodSource("malformed")
  @Covers({"apim.common.body-unreadable", "apim.common.no-server-errors"})
  void bodyThatIsNoJsonObjectIsRefused(Case broken) {
    prove(broken);
  }

  @ParameterizedTest
  @MethodSource("wrongTypes")
  @Covers({"apim.common.body-unreadable", "apim.common.no-server-errors"})
  void memberOfTheWrongTypeIsRefused(Case broken) {
    prove(broken);
  }

  @ParameterizedTest
  @MethodSource("wrongValues")
  @Covers({"apim.common.validation-error", "apim.common.no-server-errors"})
  void wrongValueIsRefused(Case broken) {
    prove(broken);
  }

  @ParameterizedTest
  @MethodSource("unstorable")
  @Covers({"apim.common.text-unstorable", "apim.common.no-server-errors"})
  void textThatNoDatabaseKeepsIsRefused(Case broken) {
    prove(broken);
  }

  private void prove(Case broken) {
    Service service = serviceWithContents();
    List<String> before = stored.of(service);

    Answer answer =
        call(broken.operation(), service)
            .header("Content-Type", "application/json")
            .body(broken.body())
            .send();

    assertHeaders(answer);
    if (broken.target().isEmpty()) {
      assertUnreadable(answer);
    } else {
      String name = broken.target().substring(broken.target().lastIndexOf('.') + 1);
      assertValidationError(
          answer, broken.target(), "The specified condition was not met for '%s'.".formatted(name));
    }
    assertThat(stored.of(service)).isEqualTo(before);
  }

  private Service serviceWithContents() {
    Service service = world.newService();
    world.addUser(service, "known");
    world.addGroup(service, "known");
    return service;
  }

  private Call call(Operation operation, Service service) {
    return world
        .call(operation.verb, service.path() + operation.path)
        .header("If-Match", ifMatch(operation));
  }

  private RawHttp raw(Operation operation, Service service) {
    return world
        .raw(operation.verb, service.path() + operation.path + "?" + VERSION)
        .header("If-Match", ifMatch(operation));
  }

  /** Needed for a PATCH, and in the way of a PUT of something new. */
  private static String ifMatch(Operation operation) {
    return operation.verb.equals("PATCH") ? "*" : "";
  }

  private static void assertUnreadable(Answer answer) {
    assertGatewayError(
        answer,
        400,
        "InvalidRequestContent",
        "The request content is missing, is not a JSON object or has a value of the wrong type.");
  }

  private static void assertTooLarge(Answer answer) {
    assertGatewayError(
        answer,
        413,
        "RequestContentTooLarge",
        "The request content exceeds the limit of 1048576 bytes.");
  }

  @ParameterizedTest
  @EnumSource
  @Covers({"apim.common.body-unreadable", "apim.common.no-server-errors"})
  void missingBodyIsRefused(Operation operation) {
    Service service = serviceWithContents();
    List<String> before = stored.of(service);

    assertUnreadable(call(operation, service).send());
    for (String blank : List.of("", " ", "  \n\t ", "\ufeff")) {
      assertUnreadable(
          call(operation, service).header("Content-Type", "application/json").body(blank).send());
      assertUnreadable(
          call(operation, service)
              .header("Content-Type", "application/json")
              .chunkedBody(blank.getBytes(StandardCharsets.UTF_8))
              .send());
    }
    assertUnreadable(raw(operation, service).header("Content-Length", "0").send());
    assertThat(stored.of(service)).isEqualTo(before);
  }

  @ParameterizedTest
  @EnumSource
  @Covers({"apim.common.body-unreadable", "apim.common.no-server-errors"})
  void bytesThatAreNoTextAreRefused(Operation operation) {
    Service service = serviceWithContents();
    List<String> before = stored.of(service);
    List<byte[]> bodies = new ArrayList<>();
    for (String charset : List.of("UTF-16BE", "UTF-16LE", "UTF-32BE", "UTF-32LE")) {
      byte[] whole = operation.body.getBytes(Charset.forName(charset));
      bodies.add(Arrays.copyOf(whole, whole.length - 1));
    }
    for (String latin1 :
        List.of(
            "{\"a\": \"\u00ff\"}",
            "{\"a\": \"\u00c3(\"}",
            "{\"a\": \"\u00e9",
            "{\"\u00ff\": 1}",
            "\u0000\u0000\u0000{\u0000\u0011\u0000\u0000",
            "\u00ff\u00fe{",
            "\u00fe\u00ff\u0000",
            "\u00ef\u00bb{}",
            "\u001f\u008b\u0008\u0000")) {
      bodies.add(latin1.getBytes(StandardCharsets.ISO_8859_1));
    }

    for (byte[] body : bodies) {
      assertUnreadable(
          raw(operation, service)
              .header("Content-Type", "application/json")
              .announcedBody(body)
              .send());
    }
    assertThat(stored.of(service)).isEqualTo(before);
  }

  @ParameterizedTest
  @Covers({"apim.common.body-unreadable", "apim.common.text-unstorable"})
  @ValueSource(strings = {"\u00c0\u0080", "\u00ed\u00a0\u0080", "\u00f5\u0080\u0080\u0080"})
  void bytesThatStandForNoCharacterAreRefused(String latin1) {
    Service service = serviceWithContents();

    Answer answer =
        raw(Operation.PUT_GROUP, service)
            .announcedBody(group(latin1).getBytes(StandardCharsets.ISO_8859_1))
            .send();

    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.json().at("/error/code").asText())
        .isIn("InvalidRequestContent", "ValidationError");
    assertThat(world.head(service.group("new")).status()).isEqualTo(404);
  }

  @ParameterizedTest
  @Covers("apim.common.content-type")
  @ValueSource(strings = {"UTF-8 with BOM", "UTF-16", "UTF-16BE", "UTF-16LE", "UTF-32BE"})
  void jsonInAnyUnicodeEncodingIsRead(String charset) {
    Service service = world.newService();
    byte[] body =
        charset.startsWith("UTF-8")
            ? ("\ufeff" + group("\u00e9")).getBytes(StandardCharsets.UTF_8)
            : group("\u00e9").getBytes(Charset.forName(charset));

    Answer answer = raw(Operation.PUT_GROUP, service).announcedBody(body).send();

    assertThat(answer.status()).as(answer.text()).isEqualTo(201);
    assertThat(answer.json().at("/properties/displayName").asText()).isEqualTo("\u00e9");
  }

  @Test
  @Covers("apim.common.no-server-errors")
  void ofMembersWithOneNameTheLastCounts() {
    Service service = world.newService();

    assertThat(
            world
                .put(
                    service.group("g"),
                    "{\"properties\": {\"displayName\": 5}, \"properties\": 5,"
                        + " \"properties\": {\"displayName\": \"a\", \"displayName\": \"b\"}}")
                .status())
        .isEqualTo(400);
    Answer made =
        world.put(
            service.group("g"),
            "{\"properties\": {\"displayName\": \"x\", \"description\": \"d\"},"
                + " \"properties\": {\"displayName\": \"a\", \"displayName\": \"b\"}}");

    assertThat(made.status()).isEqualTo(201);
    assertThat(made.json().at("/properties/displayName").asText()).isEqualTo("b");
    assertThat(made.json().at("/properties/description").isNull()).isTrue();
  }

  @ParameterizedTest
  @Covers("apim.common.unknown-ignored")
  @ValueSource(
      strings = {
        "\"a\\u0000b\": 1",
        "\"x\": 1e999999999",
        "\"x\": -1e-999999999",
        "\"x\": {\"\": \"\"}",
        "\"\": \"\\ud800\"",
        "\"x\": \"\\u0000\"",
        "\"id\": null"
      })
  void oddMembersThatNobodyKnowsAreIgnored(String member) {
    Service service = serviceWithContents();

    for (Operation operation : Operation.values()) {
      String body =
          operation.body.replace(
              "{\"properties\": {", "{" + member + ", \"properties\": {" + member + ", ");
      Answer answer = call(operation, service).body(body).send();
      assertThat(answer.status()).as(operation + answer.text()).isIn(200, 201);
    }
  }

  @Test
  @Covers("apim.common.no-server-errors")
  void nestingThatTheReaderTakesIsIgnored() {
    Service service = world.newService();
    String deep = "[".repeat(900) + "]".repeat(900);

    for (Operation operation : List.of(Operation.PUT_USER, Operation.PUT_SERVICE)) {
      assertThat(call(operation, service).body(operation.with("deep", deep)).send().status())
          .isIn(200, 201);
    }
  }

  // ---- size

  /** A body, padded so that no reader is done before the end. */
  private static String padded(Operation operation, int size) {
    return "{" + " ".repeat(size - operation.body.length()) + operation.body.substring(1);
  }

  @ParameterizedTest
  @EnumSource
  @Covers("apim.common.body-too-large")
  void bodyOfOneMebibyteIsTaken(Operation operation) {
    Service service = serviceWithContents();
    String body = padded(operation, MEBIBYTE);

    assertThat(call(operation, service).body(body).send().status()).isIn(200, 201);
    assertThat(
            call(operation, service)
                .chunkedBody(body.getBytes(StandardCharsets.UTF_8))
                .send()
                .status())
        .isEqualTo(200);
  }

  @ParameterizedTest
  @Covers({"apim.common.body-too-large", "apim.common.no-server-errors"})
  @ValueSource(ints = {MEBIBYTE + 1, 10 * MEBIBYTE})
  void largerBodyIsRefused(int size) {
    Service service = serviceWithContents();
    List<String> before = stored.of(service);

    for (Operation operation : Operation.values()) {
      String body = padded(operation, size);
      Answer announced = call(operation, service).body(body).send();
      assertTooLarge(announced);
      assertHeaders(announced);
      Answer chunked =
          call(operation, service).chunkedBody(body.getBytes(StandardCharsets.UTF_8)).send();
      assertTooLarge(chunked);
      assertHeaders(chunked);
    }
    assertThat(stored.of(service)).isEqualTo(before);
  }

  // ---- names, URLs and queries

  @ParameterizedTest
  @Covers("apim.common.no-server-errors")
  @ValueSource(
      strings = {
        "a|b",
        "\"a\"",
        "<a>",
        "{a}",
        "[a]",
        "a^b",
        "a`b",
        "a\\b",
        "a~b",
        "a'b",
        "a%7Cb",
        "a%5Cb",
        "a%0Ab",
        "%0D%0A",
        "a\u00e9b",
        "a\u00ffb",
        "%C3%A9",
        "%F0%9F%98%80",
        "a+b",
        "a;b=c",
        "%25",
        "%2F",
        "...",
        "a:b",
        "%20",
        "$top",
        "*"
      })
  void oddNamesAreOnlyUnknown(String name) {
    Service service = world.newService();
    String query = "?" + VERSION;

    assertServiceError(
        world.raw("GET", service.users() + "/" + name + query).send(),
        404,
        "ResourceNotFound",
        "User not found.");
    assertServiceError(
        world.raw("GET", service.groups() + "/" + name + "/users" + query).send(),
        404,
        "ResourceNotFound",
        "Group not found.");
    assertThat(world.raw("DELETE", service.users() + "/" + name + query).send().status())
        .isEqualTo(204);
    assertThat(
            world
                .raw("HEAD", service.groups() + "/developers/users/" + name + query)
                .send()
                .status())
        .isEqualTo(404);
    Answer nowhere =
        world.raw("GET", service.path().replace(service.subscriptionId(), name) + query).send();
    assertThat(nowhere.status()).as(nowhere.text()).isEqualTo(404);
    assertThat(nowhere.json().at("/error/code").asText()).isEqualTo("SubscriptionNotFound");
    assertHeaders(nowhere);
  }

  @Test
  @Covers("apim.common.no-server-errors")
  void veryLongUrlsAreRead() {
    Service service = world.newService();
    String query = "?" + VERSION;
    String name = "a".repeat(60_000);
    String unlike = randomText(9_000);

    for (String subscription : List.of(name, unlike)) {
      assertThat(
              world
                  .raw("GET", "/subscriptions/" + subscription + query)
                  .send()
                  .json()
                  .at("/error/code")
                  .asText())
          .isEqualTo("SubscriptionNotFound");
    }
    for (String path : List.of(service.user(name), service.group(unlike) + "/users")) {
      assertThat(world.raw("GET", path + query).send().json().at("/error/code").asText())
          .isEqualTo("ValidationError");
    }
    assertThat(world.raw("GET", service.users() + query + "&x=" + name).send().status())
        .isEqualTo(200);
    assertThat(
            world
                .raw(
                    "GET",
                    service.users() + query + "&$filter=name%20eq%20'" + randomText(8_000) + "'")
                .send()
                .status())
        .isEqualTo(200);
    assertThat(world.raw("GET", service.path() + "/" + name + query).send().status())
        .isEqualTo(404);
    assertThat(world.raw("POST", service.users() + query + "&x=" + name).send().status())
        .isEqualTo(405);
    Service unmade = ApiManagementWorld.unmade();
    for (String path :
        List.of(
            unmade.path().replace(unmade.subscriptionId(), unlike),
            unmade.path().replace(unmade.resourceGroup(), unlike))) {
      Answer answer =
          world
              .raw("PUT", path + query)
              .announcedBody(ApiManagementWorld.service().getBytes(StandardCharsets.UTF_8))
              .send();
      assertThat(answer.status()).as(answer.text()).isEqualTo(400);
      assertThat(answer.json().at("/error/code").asText()).isEqualTo("ValidationError");
    }
  }

  /** A text that cannot be compressed to fit where it does not. */
  private static String randomText(int length) {
    java.util.Random random = new java.util.Random(1);
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < length; i++) {
      text.append(Character.forDigit(random.nextInt(36), 36));
    }
    return text.toString();
  }

  @Test
  @Covers("apim.common.no-server-errors")
  void ofRepeatedHeadersAndParametersTheFirstCounts() {
    Service service = world.newService();

    Answer answer =
        RawHttp.of(
                Contract.AZURE_API_MANAGEMENT,
                world.origin(),
                "GET",
                service.users() + "?" + VERSION + "&api-version=x&$top=5&$top=x&$skip=0&$skip=-1")
            .header("Authorization", "Bearer a")
            .header("Authorization", "Basic b")
            .header("x-ms-correlation-request-id", "c1")
            .header("x-ms-correlation-request-id", "c2")
            .header("x-ms-client-request-id", "i1")
            .header("x-ms-client-request-id", "i2")
            .header("x-ms-return-client-request-id", "true")
            .header("x-ms-return-client-request-id", "false")
            .header("Accept", "x")
            .header("Accept", "y")
            .send();

    assertThat(answer.status()).isEqualTo(200);
    assertThat(names(answer)).containsExactly("1");
    assertHeaders(answer, "c1");
    assertThat(answer.headers().get("x-ms-client-request-id")).containsExactly("i1");
  }

  @ParameterizedTest
  @Covers("apim.common.no-server-errors")
  @ValueSource(
      strings = {
        "\u00ff",
        "\u00e9",
        "\"",
        "\"\"",
        "\"unclosed",
        "W/",
        "W/\"",
        ",",
        ",,, ,",
        "**",
        "W/*",
        "a\tb",
        "{}",
        "AAAAAAAAC/AAAAAAAAAL8g==AAAAAAAAC/A=",
        "\u0080",
        "LONG"
      })
  void oddTagsNameNothing(String tag) {
    Service service = serviceWithContents();
    List<String> before = stored.of(service);
    String sent = tag.replace("LONG", "\"a\", ".repeat(1_500));

    for (Operation operation : List.of(Operation.PATCH_USER, Operation.PATCH_GROUP)) {
      Answer answer =
          world
              .raw(operation.verb, service.path() + operation.path + "?" + VERSION)
              .header("If-Match", sent)
              .announcedBody("{}".getBytes(StandardCharsets.UTF_8))
              .send();
      assertServiceError(
          answer, 412, "PreconditionFailed", "Resource was modified since last retrieval.");
      assertHeaders(answer);
    }
    for (String path : List.of(service.user("known"), service.group("known"))) {
      assertThat(world.raw("DELETE", path + "?" + VERSION).header("If-Match", sent).send().status())
          .isEqualTo(412);
    }
    assertThat(stored.of(service)).isEqualTo(before);
  }

  /**
   * Such a message is refused before anybody knows whose it is; a path of no operation shows it.
   */
  @ParameterizedTest
  @Covers("apim.common.no-server-errors")
  @ValueSource(
      strings = {
        "x-ms-correlation-request-id: \u0001",
        "x-ms-client-request-id: a\u0007b",
        "If-Match: \u007f",
        "Authorization: a\u0000b",
        "Content-Length: abc",
        "Content-Length: -1",
        "Content-Length: 1, 2",
        "Content-Length: 99999999999999999999"
      })
  void messageThatIsNoHttpIsRefusedWithoutBody(String header) {
    Service service = world.newService();
    int colon = header.indexOf(": ");

    Answer answer =
        world
            .raw("PUT", service.path() + "/apis?" + VERSION)
            .header(header.substring(0, colon), header.substring(colon + 2))
            .send();

    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.text()).isEmpty();
  }

  @Test
  @Covers("apim.common.no-server-errors")
  void chunkedBodyMayHaveATrailer() {
    Service service = world.newService();
    String json = ApiManagementWorld.user("ann@example.com");

    for (String trailer : List.of("X-T: 1\r\n", "X-T: 1\r\nX-U: 2\r\n")) {
      Answer answer =
          world
              .raw("PUT", service.user("ann") + "?" + ApiManagementWorld.VERSION)
              .header("Content-Type", "application/json")
              .header("Transfer-Encoding", "chunked")
              .body(
                  "%x\r\n%s\r\n0\r\n%s\r\n"
                      .formatted(json.length(), json, trailer)
                      .getBytes(StandardCharsets.UTF_8))
              .send();

      assertThat(answer.status()).as(answer.text()).isIn(200, 201);
    }
  }
}

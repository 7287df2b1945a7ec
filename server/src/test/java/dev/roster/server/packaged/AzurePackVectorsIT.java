package dev.roster.server.packaged;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.roster.server.azurepack.PackXml;
import dev.roster.testing.Answer;
import dev.roster.testing.Contract;
import dev.roster.testing.Covers;
import dev.roster.testing.RawHttp;
import dev.roster.testing.ServerProcess;
import dev.roster.testing.Trust;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The requests that the documentation prints and the published clients send, byte for byte, at the
 * ports that they are sent to.
 */
class AzurePackVectorsIT {

  /** The documented user, whom the sample world has; its documented creation needs it gone. */
  private static final String SAMPLE = "aaa@bbb.com";

  private static final String CREATE =
      "{\"Name\":\"aaa@bbb.com\",\"Email\":\"aaa@bbb.com\",\"State\":1,"
          + "\"CreatedTime\":\"0001-01-01T00:00:00\",\"SubscriptionCount\":0,"
          + "\"ActivationSyncState\":0,\"LastErrorMessage\":null}";
  private static final String ERROR =
      "One or more errors occurred while contacting the underlying resource providers. The"
          + " operation may be partially completed. Details: The request to the underlying service"
          + " has timed out.";
  private static final String UPDATE =
      "{\"Name\":\"aaa@bbb.com\",\"Email\":\"aaa@bbb.com\",\"State\":1,"
          + "\"CreatedTime\":\"2013-06-27T21:15:30.787Z\",\"SubscriptionCount\":1,"
          + "\"ActivationSyncState\":0,\"LastErrorMessage\":\""
          + ERROR
          + "\"}";
  private static final String UPDATED = UPDATE.replace("787Z", "787");

  /** As .NET's DataContractSerializer writes what a caller has set. */
  private static final String THREE_ELEMENTS =
      "<User xmlns:i=\"http://www.w3.org/2001/XMLSchema-instance\""
          + " xmlns=\"http://schemas.microsoft.com/windowsazure\"><Name>%1$s</Name>"
          + "<Email>%1$s</Email><State>Suspended</State></User>";

  @TempDir static Path dataDir;

  private static ServerProcess server;
  private static SSLContext trust;

  @BeforeAll
  static void start() {
    server = ServerProcess.start(dataDir, Map.of());
    trust = Trust.inStore(server.trustStore());
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  private static URI admin() {
    return server.packAdminEndpoint();
  }

  private static RawHttp request(URI origin, String method, String target) {
    return RawHttp.of(Contract.AZURE_PACK, origin.toString(), method, target).trusting(trust);
  }

  /** A request with the documented headers, for which Computer is a name that nobody resolves. */
  private static RawHttp documented(URI origin, String method, String target, String requestId) {
    return request(origin, method, target)
        .header("Host", "Computer:30004")
        .header("Authorization", "Bearer token")
        .header("x-ms-client-request-id", requestId)
        .header("x-ms-client-session-id", "9ff600b4-0c8b-4110-9eab-4228ce92aa4d")
        .header("x-ms-principal-id", "PC\\Administrator")
        .header("Accept-Language", "en-US")
        .header("x-ms-principal-liveid", "PC\\Administrator");
  }

  private static RawHttp create(URI origin, String json) {
    return documented(
            origin, "POST", "/users", "1557497f-2f4c-45b1-a42d-416fff7641a2-2013-06-27 21:15:30Z")
        .header("Content-Type", "application/json; charset=utf-8")
        .announcedBody(json.getBytes(StandardCharsets.UTF_8))
        .awaitingContinue();
  }

  private static RawHttp update(URI origin, String name, String json) {
    return documented(
            origin,
            "PUT",
            "/users/" + name,
            "2028eab5-37c8-4e7a-84a9-558e7e33b3df-2013-06-27 21:32:23Z")
        .header("Content-Type", "application/json; charset=utf-8")
        .announcedBody(json.getBytes(StandardCharsets.UTF_8))
        .awaitingContinue();
  }

  private static RawHttp bearer(String method, String target) {
    return request(admin(), method, target).header("Authorization", "Bearer token");
  }

  private static Answer get(String target) {
    return bearer("GET", target).send();
  }

  private static void newUser(String name) {
    Answer created = create(admin(), CREATE.replace(SAMPLE, name)).send();
    assertThat(created.status()).as(created.text()).isEqualTo(201);
  }

  private static void assertError(Answer answer, int status, String code, String message) {
    assertThat(answer.status()).as(answer.text()).isEqualTo(status);
    assertThat(answer.header("Content-Type")).contains("application/json; charset=utf-8");
    assertThat(answer.text())
        .isEqualTo(
            "{\"Code\":\"%s\",\"Message\":\"%s\",\"Details\":null}".formatted(code, message));
  }

  /** T1, T2, T4 and T10, with the documented name in a world of their own. */
  @Test
  @Covers({"pack.common.headers-opaque", "pack.common.json-form"})
  void documentedRequestsHaveTheDocumentedAnswers(@TempDir Path elsewhere) {
    assertThat(CREATE.getBytes(StandardCharsets.UTF_8)).hasSize(160);
    assertThat(UPDATE.getBytes(StandardCharsets.UTF_8)).hasSize(346);
    try (ServerProcess empty =
        ServerProcess.start(elsewhere, Map.of("roster.sample-world", "false"))) {
      SSLContext emptyTrust = Trust.inStore(empty.trustStore());
      URI origin = empty.packAdminEndpoint();
      Instant before = Instant.now();

      Answer created = create(origin, CREATE).trusting(emptyTrust).send();

      assertThat(created.status()).as(created.text()).isEqualTo(201);
      assertThat(created.header("Content-Type")).contains("application/json; charset=utf-8");
      String time = created.json().get("CreatedTime").asText();
      assertThat(created.text()).isEqualTo(CREATE.replace("0001-01-01T00:00:00", time));
      // SQL Server's datetime rounds to a three-hundredth of a second.
      assertThat(LocalDateTime.parse(time).toInstant(ZoneOffset.UTC))
          .isBetween(before.minus(5, ChronoUnit.MILLIS), Instant.now().plus(5, ChronoUnit.MILLIS));
      assertError(
          create(origin, CREATE).trusting(emptyTrust).send(),
          409,
          "ResourceAlreadyExists",
          "The user 'aaa@bbb.com' already exists.");
      Answer updated = update(origin, SAMPLE, UPDATE).trusting(emptyTrust).send();
      assertThat(updated.status()).isEqualTo(200);
      assertThat(updated.text()).isEqualTo(created.text());
    }
  }

  /** T4, of the user whom the documentation has. */
  @Test
  @Covers({"pack.update-user.sample", "pack.common.headers-opaque"})
  void documentedUpdateAnswersTheDocumentedUserAtBothPorts() {
    for (URI origin : List.of(admin(), server.packTenantEndpoint())) {
      Answer updated = update(origin, SAMPLE, UPDATE).send();

      assertThat(updated.status()).as(updated.text()).isEqualTo(200);
      assertThat(updated.header("Content-Type")).contains("application/json; charset=utf-8");
      assertThat(updated.text()).isEqualTo(UPDATED);
    }
    assertThat(get("/users/aaa@bbb.com").text()).isEqualTo(UPDATED);
  }

  /** T3. */
  @ParameterizedTest
  @CsvSource({"aaa@bbb.com", "aaa%40bbb.com", "AAA@BBB.COM", "Aaa%40bbb.Com", "%61aa@bbb.com"})
  @Covers("pack.common.names")
  void userIsFoundInAnySpelling(String name) {
    Answer answer = get("/users/" + name);

    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.text()).isEqualTo(UPDATED);
  }

  /** T5. */
  @Test
  @Covers({"pack.common.json-lenient", "pack.common.content-type"})
  void namesInLowerCaseAndStateByNameAreTakenAsTextJson() {
    newUser("t5@example.test");
    String json =
        "{\"name\":\"t5@example.test\",\"email\":\"t5@example.test\",\"state\":\"suspended\"}";

    Answer updated =
        bearer("PUT", "/users/t5@example.test")
            .header("Accept", "application/json")
            .header("Content-Type", "text/json; charset=utf-8")
            .announcedBody(json.getBytes(StandardCharsets.UTF_8))
            .send();

    assertThat(updated.status()).as(updated.text()).isEqualTo(200);
    assertThat(updated.header("Content-Type")).contains("application/json; charset=utf-8");
    assertThat(updated.json().get("State").isInt()).isTrue();
    assertThat(updated.json().get("State").asInt()).isEqualTo(2);
  }

  /** T6. */
  @ParameterizedTest
  @CsvSource({"application/xml", "application/xml; charset=utf-8"})
  @Covers({"pack.common.xml-form", "pack.common.negotiation"})
  void threeElementsAreAnsweredInXml(String contentType) {
    String name = "t6-" + contentType.length() + "@example.test";
    newUser(name);

    Answer updated =
        bearer("PUT", "/users/" + name)
            .header("Content-Type", contentType)
            .announcedBody(THREE_ELEMENTS.formatted(name).getBytes(StandardCharsets.UTF_8))
            .awaitingContinue()
            .send();

    assertThat(updated.status()).as(updated.text()).isEqualTo(200);
    JsonNode user = PackXml.read("PUT", "/users/" + name, updated);
    assertThat(user).isEqualTo(get("/users/" + name).json());
    assertThat(updated.text()).contains("<State>Suspended</State>");
  }

  /** T7. */
  @Test
  void pageLeavesTheCountsAsTheyAre() {
    newUser("t7-1@example.test");
    newUser("t7-2@example.test");

    JsonNode page = get("/users?skip=0&take=1").json();

    assertThat(page.fieldNames())
        .toIterable()
        .containsExactly("items", "filteredTotalCount", "totalCount");
    assertThat(page.get("items")).hasSize(1);
    assertThat(page.get("totalCount").asInt()).isGreaterThanOrEqualTo(3);
    assertThat(page.get("filteredTotalCount")).isEqualTo(page.get("totalCount"));
    JsonNode filtered = get("/users?skip=0&take=1&filter=t7-").json();
    assertThat(filtered.get("items")).hasSize(1);
    assertThat(filtered.get("filteredTotalCount").asInt()).isEqualTo(2);
  }

  /** T8. */
  @Test
  @Covers("pack.list-users.xml")
  void listInXmlHasTheRootThatDotNetDerives() {
    newUser("t8@example.test");

    Answer list =
        bearer("GET", "/users?filter=t8@example.test").header("Accept", "application/xml").send();

    assertThat(list.status()).isEqualTo(200);
    assertThat(list.text()).startsWith("<QueryResultOfUserV8bMqAjG ");
    JsonNode json = PackXml.read("GET", "/users", list);
    assertThat(json.get("items")).containsExactly(get("/users/t8@example.test").json());
  }

  /** T9, with the name that the vector has. */
  @Test
  void deletionIsAcceptedWithoutBodyAndTheUserGone() {
    newUser("asd@bbb.com");

    Answer deleted =
        documented(
                admin(),
                "DELETE",
                "/users/asd@bbb.com?deleteSubscriptions=True&force=False",
                "1557497f-2f4c-45b1-a42d-416fff7641a2-2013-06-27 21:15:30Z")
            .header("Content-Length", "0")
            .send();

    assertThat(deleted.status()).isEqualTo(202);
    assertThat(deleted.bytes()).isEmpty();
    assertThat(deleted.header("Content-Length")).contains("0");
    assertError(
        get("/users/asd@bbb.com"),
        404,
        "ResourceNotFound",
        "The user 'asd@bbb.com' was not found.");
  }

  /** T10. */
  @Test
  @Covers("pack.common.headers-opaque")
  void headersOfTheCallerMayBeThereOrNot() {
    Answer with =
        documented(
                admin(),
                "GET",
                "/users/aaa@bbb.com",
                "1557497f-2f4c-45b1-a42d-416fff7641a2-2013-06-27 21:15:30Z")
            .send();

    assertThat(with.status()).isEqualTo(200);
    assertThat(with.text()).isEqualTo(get("/users/aaa@bbb.com").text());
  }

  /** T11. */
  @ParameterizedTest
  @CsvSource({"GET", "PUT", "DELETE"})
  @Covers({"pack.common.user-unknown", "pack.common.error-body"})
  void unknownUserIsAnErrorInJsonAndInXml(String method) {
    String path = "/users/t11@example.test";
    String message = "The user 't11@example.test' was not found.";
    String json = CREATE.replace(SAMPLE, "t11@example.test");

    assertError(t11(method, path, json).send(), 404, "ResourceNotFound", message);
    Answer xml = t11(method, path, json).header("Accept", "application/xml").send();
    assertThat(xml.status()).isEqualTo(404);
    assertThat(PackXml.read(method, path, xml).toString())
        .isEqualTo(
            "{\"Code\":\"ResourceNotFound\",\"Message\":\"%s\",\"Details\":null}"
                .formatted(message));
  }

  private static RawHttp t11(String method, String path, String json) {
    RawHttp request = bearer(method, path);
    return method.equals("PUT")
        ? request
            .header("Content-Type", "application/json; charset=utf-8")
            .announcedBody(json.getBytes(StandardCharsets.UTF_8))
        : request;
  }

  /** T12; every documented request with a body expects it as well. */
  @Test
  @Covers("pack.common.expect-continue")
  void bodyIsAskedForBeforeTheAnswer() {
    String name = "t12@example.test";
    for (URI origin : List.of(admin(), server.packTenantEndpoint())) {
      Answer unknown = update(origin, name, CREATE.replace(SAMPLE, name)).send();
      assertThat(unknown.status()).isEqualTo(404);
    }
    newUser(name);

    Answer updated = update(admin(), name, CREATE.replace(SAMPLE, name)).send();

    assertThat(updated.status()).isEqualTo(200);
    assertThat(updated.json().get("Name").asText()).isEqualTo(name);
  }
}

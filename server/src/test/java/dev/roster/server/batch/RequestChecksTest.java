package dev.roster.server.batch;

import static dev.roster.server.batch.BatchErrorAssert.assertError;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import com.fasterxml.jackson.databind.JsonNode;
import dev.roster.server.batch.BatchWorld.Node;
import dev.roster.server.database.Transactions;
import dev.roster.server.http.RequestContext;
import dev.roster.testing.Answer;
import dev.roster.testing.Call;
import dev.roster.testing.Contract;
import dev.roster.testing.Covers;
import dev.roster.testing.DatabaseTestResource;
import dev.roster.testing.MutableClock;
import dev.roster.testing.RawHttp;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.enterprise.context.control.ActivateRequestContext;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.regex.Pattern;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What all operations demand of a request, and what all answers carry. */
@QuarkusTest
@WithTestResource(DatabaseTestResource.class)
class RequestChecksTest {

  private static final String ID = "9C4D50EE-2d56-4cd3-8152-34347dc9f2b0";
  private static final String NOT_AN_INTEGER = "The value has to be a 32-bit integer.";
  static final String VERSIONS =
      "Supported versions: 2018-03-01.6.1, 2018-08-01.7.0, 2018-12-01.8.0, 2019-06-01.9.0,"
          + " 2019-08-01.10.0, 2020-03-01.11.0, 2020-09-01.12.0, 2021-06-01.14.0, 2022-01-01.15.0,"
          + " 2022-10-01.16.0, 2023-05-01.17.0, 2023-11-01.18.0, 2024-02-01.19.0, 2024-07-01.20.0, 2025-06-01";

  @Inject BatchWorld world;
  @Inject MutableClock clock;
  @Inject DataSource dataSource;
  @Inject EntityManager entityManager;
  @Inject Transactions transactions;
  @Inject RequestContext context;

  @AfterEach
  void resetClock() {
    clock.reset();
  }

  // ---- routing

  @ParameterizedTest
  @Covers("batch.common.unknown-path")
  @ValueSource(
      strings = {
        "/pools/p/nodes/n/user",
        "/pools/p/nodes/n/users/u/more",
        "/pools/p/nodes/n/remoteloginsetting",
        "/pools/p/resize",
        "/jobs",
        "/jobs/j/tasks",
        "/applications",
        "/supportedimages",
        "/nodecounts"
      })
  void unknownPathIsAnInvalidUri(String path) {
    assertError(world.call("GET", path).send(), 400, "InvalidUri");
    assertError(world.anonymous("POST", path).json("{").send(), 400, "InvalidUri");
  }

  @ParameterizedTest
  @Covers("batch.common.wrong-verb")
  @CsvSource({
    "GET, /pools/p/nodes/n/users",
    "PUT, /pools/p/nodes/n/users",
    "DELETE, /pools/p/nodes/n/users",
    "GET, /pools/p/nodes/n/users/u",
    "POST, /pools/p/nodes/n/users/u",
    "PATCH, /pools/p/nodes/n/users/u",
    "DELETE, /pools",
    "PUT, /pools/p",
    "POST, /pools/p",
    "PATCH, /pools/p",
    "POST, /pools/p/nodes",
    "PUT, /pools/p/nodes/n",
    "DELETE, /pools/p/nodes/n",
    "GET, /pools/p/nodes/n/reboot",
    "POST, /pools/p/nodes/n/rdp",
    "OPTIONS, /pools",
    "OPTIONS, /pools/p",
    "OPTIONS, /pools/p/nodes/n/users",
    "TRACE, /pools",
    "TRACE, /pools/p/nodes/n/users/u"
  })
  void verbThatThePathLacksIsRefused(String method, String path) {
    RawHttp withCredentials =
        RawHttp.of(Contract.AZURE_BATCH, world.origin(), method, path + "?" + BatchWorld.VERSION)
            .header("Authorization", BatchWorld.BEARER);

    assertError(withCredentials.send(), 405, "UnsupportedHttpVerb");
    assertError(raw(method, path).send(), 405, "UnsupportedHttpVerb");
  }

  @ParameterizedTest
  @Covers("batch.common.wrong-verb")
  @ValueSource(
      strings = {"/pools/p/nodes/n/users", "/pools/p/nodes/n/users/u", "/pools/p/nodes/n/reboot"})
  void headIsNoVerbOfWhatCannotBeRead(String path) {
    Answer answer = world.call("HEAD", path).send();

    assertThat(answer.status()).isEqualTo(405);
    assertThat(answer.bytes()).isEmpty();
  }

  @ParameterizedTest
  @Covers("batch.common.undecodable-url")
  @ValueSource(
      strings = {
        "/pools/%zz",
        "/pools/%",
        "/pools/%4",
        "/pools/a%FF",
        "/pools/%C3",
        "/pools/%ED%A0%80",
        "/pools/%C0%80",
        "/pools/a%00b",
        "/pools/p/nodes/n/users/%00",
        "/pools?x=%zz",
        "/pools?%FF=1",
        "/pools?$filter=%00",
        "/jobs/%zz"
      })
  void urlThatIsNoTextIsRefused(String target) {
    assertError(raw("GET", target).send(), 400, "RequestUrlFailedToParse");
    assertError(
        raw("DELETE", target).header("Authorization", BatchWorld.BEARER).send(),
        400,
        "RequestUrlFailedToParse");
  }

  @ParameterizedTest
  @Covers("batch.common.authorization-missing")
  @ValueSource(
      strings = {
        "//pools",
        "/./pools",
        "/q/../pools",
        "/%70ools",
        "/pools/p;a=b",
        "http://localhost/pools",
        "http://other.example:81/pools",
        "/pools/p//nodes",
        "//pools/p/nodes/n/users/u"
      })
  void everySpellingOfAPathNeedsCredentials(String path) {
    Answer answer = raw("GET", path + "?" + BatchWorld.VERSION).send();

    assertThat(answer.status()).isGreaterThanOrEqualTo(400);
    assertThat(answer.json().path("code").asText())
        .isIn("MissingRequiredHeader", "InvalidUri", "UnsupportedHttpVerb");
  }

  @Test
  @Covers("batch.common.raw-path-signed")
  void absoluteTargetIsReadLikeItsPath() {
    Node node = world.linuxNode();

    Answer answer =
        raw("GET", world.origin() + node.path() + "?" + BatchWorld.VERSION)
            .header("Authorization", BatchWorld.BEARER)
            .send();

    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.json().get("id").asText()).isEqualTo(node.id());
  }

  // ---- order

  @Test
  @Covers("batch.common.check-order")
  void routeComesBeforeVersion() {
    assertError(world.anonymous("GET", "/pools/p/unknown").send(), 400, "InvalidUri");
    assertError(world.anonymous("PUT", "/pools/p/nodes").send(), 405, "UnsupportedHttpVerb");
  }

  @Test
  @Covers("batch.common.check-order")
  void versionComesBeforeAuthorization() {
    assertError(
        world.anonymous("GET", "/pools?api-version=1").send(),
        400,
        "InvalidQueryParameterValue",
        "QueryParameterName",
        "api-version",
        "QueryParameterValue",
        "1",
        "Reason",
        VERSIONS);
  }

  @Test
  @Covers("batch.common.check-order")
  void versionAndAuthorizationComeBeforeMediaType() {
    assertError(
        world.anonymous("POST", "/pools").header("Content-Type", "text/plain").body("x").send(),
        400,
        "MissingRequiredQueryParameter",
        "QueryParameterName",
        "api-version");
    assertError(
        world
            .anonymous("POST", "/pools?" + BatchWorld.VERSION)
            .header("Content-Type", "text/plain")
            .body("x")
            .send(),
        400,
        "MissingRequiredHeader",
        "HeaderName",
        "Authorization");
  }

  @Test
  @Covers("batch.common.check-order")
  void authorizationComesBeforeOtherParameters() {
    String target = "/pools?timeout=abc&" + BatchWorld.VERSION;

    assertError(
        world.anonymous("GET", target).send(),
        400,
        "MissingRequiredHeader",
        "HeaderName",
        "Authorization");
    assertError(
        world.anonymous("GET", target).header("Authorization", "Basic YTpi").send(),
        400,
        "InvalidAuthenticationInfo",
        "AuthenticationErrorDetail",
        "The scheme has to be SharedKey or Bearer.");
    assertThat(
            BatchErrorAssert.details(
                world.anonymous("GET", target).header("Authorization", "SharedKey a:YQ==").send(),
                403,
                "AuthenticationFailed"))
        .containsKey("AuthenticationErrorDetail");
  }

  @Test
  @Covers("batch.common.check-order")
  void parametersComeBeforeTheBody() {
    assertError(
        world.call("POST", "/pools?timeout=abc").json("{").send(),
        400,
        "InvalidQueryParameterValue",
        "QueryParameterName",
        "timeout",
        "QueryParameterValue",
        "abc",
        "Reason",
        NOT_AN_INTEGER);
    assertError(
        world
            .call("POST", "/pools")
            .header("client-request-id", "1")
            .header("Content-Type", "text/plain")
            .body("x")
            .send(),
        400,
        "InvalidHeaderValue",
        "HeaderName",
        "client-request-id",
        "HeaderValue",
        "1");
  }

  @Test
  @Covers("batch.common.check-order")
  void bodyComesBeforeThePool() {
    String users = "/pools/unknown/nodes/unknown/users";

    assertError(world.call("POST", users).json("{").send(), 400, "InvalidRequestBody");
    assertError(
        world.call("POST", users).json("{}").send(),
        400,
        "MissingRequiredProperty",
        "PropertyName",
        "name");
    assertError(world.call("PUT", users + "/u").json("[]").send(), 400, "InvalidRequestBody");
  }

  @Test
  @Covers({"batch.common.check-order", "batch.common.pool-unknown"})
  void poolComesBeforeTheNode() {
    assertError(
        world.call("DELETE", "/pools/unknown/nodes/unknown/users/u").send(), 404, "PoolNotFound");
  }

  @Test
  @Covers({"batch.common.check-order", "batch.common.node-unknown"})
  void nodeComesBeforeTheRulesOfItsSystem() {
    Node node = world.windowsNode();

    assertError(
        world
            .call("PUT", "/pools/" + node.poolId() + "/nodes/unknown/users/u")
            .json("{\"sshPublicKey\": \"k\"}")
            .send(),
        404,
        "NodeNotFound");
  }

  @Test
  @Covers("batch.common.check-order")
  void rulesOfTheSystemComeBeforeTheStateOfTheNode() {
    Node node = world.windowsNode();
    world.pin(node, NodeState.REBOOTING);

    assertError(
        world.call("PUT", node.user("u")).json("{}").send(),
        400,
        "MissingRequiredProperty",
        "PropertyName",
        "password");
    assertError(
        world.call("POST", node.users()).json("{\"name\": \"u\"}").send(),
        400,
        "MissingRequiredProperty",
        "PropertyName",
        "password");
  }

  @Test
  @Covers("batch.common.check-order")
  void stateOfTheNodeComesBeforeTheUser() {
    Node node = world.linuxNode();
    world.addUser(node, "known");
    world.pin(node, NodeState.REBOOTING);

    assertError(
        world.call("PUT", node.user("unknown")).json("{}").send(), 409, "NodeBeingRebooted");
    assertError(
        world.call("POST", node.users()).json("{\"name\": \"known\"}").send(),
        409,
        "NodeBeingRebooted");
  }

  @Test
  @Covers("batch.common.pool-unknown")
  void unknownPoolIsNotFound() {
    String pool = "/pools/" + world.newPoolId();

    assertError(world.call("GET", pool).send(), 404, "PoolNotFound");
    assertError(world.call("DELETE", pool).send(), 404, "PoolNotFound");
    assertError(world.call("GET", pool + "/nodes").send(), 404, "PoolNotFound");
    assertError(world.call("GET", pool + "/nodes/n").send(), 404, "PoolNotFound");
    assertError(world.call("POST", pool + "/nodes/n/reboot").send(), 404, "PoolNotFound");
    assertError(
        world.call("POST", pool + "/nodes/n/users").json("{\"name\": \"u\"}").send(),
        404,
        "PoolNotFound");
    assertError(
        world.call("PUT", pool + "/nodes/n/users/u").json("{}").send(), 404, "PoolNotFound");
  }

  @Test
  @Covers("batch.common.node-unknown")
  void unknownNodeIsNotFound() {
    Node node = world.linuxNode();
    Node other = world.linuxNode();
    String path = "/pools/" + node.poolId() + "/nodes/" + other.id();

    assertError(world.call("GET", path).send(), 404, "NodeNotFound");
    assertError(world.call("GET", path + "/remoteloginsettings").send(), 404, "NodeNotFound");
    assertError(world.call("GET", path + "/rdp").send(), 404, "NodeNotFound");
    assertError(world.call("POST", path + "/reboot").send(), 404, "NodeNotFound");
    assertError(world.call("POST", path + "/reimage").send(), 404, "NodeNotFound");
    assertError(world.call("POST", path + "/disablescheduling").send(), 404, "NodeNotFound");
    assertError(world.call("POST", path + "/enablescheduling").send(), 404, "NodeNotFound");
    assertError(
        world.call("POST", path + "/users").json("{\"name\": \"u\"}").send(), 404, "NodeNotFound");
    assertError(world.call("PUT", path + "/users/u").json("{}").send(), 404, "NodeNotFound");
    assertError(world.call("DELETE", path + "/users/u").send(), 404, "NodeNotFound");
  }

  @Test
  @Covers("batch.common.user-unknown")
  void unknownUserIsNotFound() {
    Node node = world.linuxNode();

    assertError(world.call("PUT", node.user("u")).json("{}").send(), 404, "NodeUserNotFound");
    assertError(world.call("DELETE", node.user("u")).send(), 404, "NodeUserNotFound");
  }

  // ---- api-version

  @ParameterizedTest
  @Covers("batch.common.api-version-missing")
  @ValueSource(
      strings = {"/pools", "/pools?", "/pools?api-version", "/pools?api-version=", "/pools?x=1"})
  void missingVersionIsToldEvenWithoutAuthorization(String target) {
    assertError(
        world.anonymous("GET", target).send(),
        400,
        "MissingRequiredQueryParameter",
        "QueryParameterName",
        "api-version");
    assertError(
        world.anonymous("GET", target).header("Authorization", BatchWorld.BEARER).send(),
        400,
        "MissingRequiredQueryParameter",
        "QueryParameterName",
        "api-version");
  }

  @ParameterizedTest
  @Covers("batch.common.api-version-unsupported")
  @ValueSource(
      strings = {"2023-11-01", "2023-11-01.18.1", "2099-01-01", "latest", "0", "2023-11-01.18.0 "})
  void unsupportedVersionIsAnInvalidValue(String version) {
    assertError(
        world
            .anonymous("GET", "/pools?api-version=" + version.replace(" ", "%20"))
            .header("Authorization", BatchWorld.BEARER)
            .send(),
        400,
        "InvalidQueryParameterValue",
        "QueryParameterName",
        "api-version",
        "QueryParameterValue",
        version,
        "Reason",
        VERSIONS);
  }

  // ---- query

  @Test
  @Covers("batch.common.query-names-ignore-case")
  void queryNamesIgnoreCase() {
    Node node = world.node(BatchWorld.linuxPool(world.newPoolId(), 2));
    String path = "/pools/" + node.poolId() + "/nodes";

    JsonNode page =
        bearer("GET", path + "?API-Version=2023-11-01.18.0&maxResults=1&$SELECT=id").send().json();

    assertThat(page.get("value")).hasSize(1);
    assertThat(page.get("value").get(0).fieldNames())
        .toIterable()
        .containsExactlyInAnyOrder("id", "virtualMachineInfo");
    assertError(
        world.call("GET", path + "?timeOut=abc").send(),
        400,
        "InvalidQueryParameterValue",
        "QueryParameterName",
        "timeout",
        "QueryParameterValue",
        "abc",
        "Reason",
        NOT_AN_INTEGER);
    assertError(
        world.call("GET", path + "?TIMEOUT=0").send(),
        400,
        "InvalidQueryParameterValue",
        "QueryParameterName",
        "timeout",
        "QueryParameterValue",
        "0",
        "Reason",
        "Timeout cannot be less than 1");
  }

  @Test
  @Covers("batch.common.unknown-parameters-ignored")
  void unknownParametersAndHeadersAreIgnored() {
    Node node = world.linuxNode();

    Answer answer =
        world
            .call("GET", node.path() + "?unknown=1&$top=x&=&flag&maxresult=0")
            .header("x-ms-client-request-id", "no guid")
            .header("x-ms-date", "no date")
            .header("x-ms-logging-context", "x")
            .send();

    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.json().get("id").asText()).isEqualTo(node.id());
  }

  @ParameterizedTest
  @Covers("batch.common.timeout-not-integer")
  @ValueSource(
      strings = {
        "",
        "abc",
        "1e3",
        "1.0",
        "0x10",
        "99999999999",
        "2147483648",
        "1,5",
        "1_0",
        "null"
      })
  void timeoutHasToBeAnInteger(String timeout) {
    assertError(
        world.call("GET", "/pools?timeout=" + timeout).send(),
        400,
        "InvalidQueryParameterValue",
        "QueryParameterName",
        "timeout",
        "QueryParameterValue",
        timeout,
        "Reason",
        NOT_AN_INTEGER);
  }

  @ParameterizedTest
  @Covers("batch.common.timeout-out-of-range")
  @ValueSource(strings = {"0", "-1", "-30", "-2147483648"})
  void timeoutHasToBePositive(String timeout) {
    assertError(
        world.call("GET", "/pools?timeout=" + timeout).send(),
        400,
        "InvalidQueryParameterValue",
        "QueryParameterName",
        "timeout",
        "QueryParameterValue",
        timeout,
        "Reason",
        "Timeout cannot be less than 1");
  }

  @ParameterizedTest
  @Covers("batch.common.timeout-clamped")
  @ValueSource(strings = {"1", "30", "31", "600", "2147483647"})
  void timeoutsAboveThirtySecondsAreTaken(String timeout) {
    assertThat(world.call("GET", "/pools?maxresults=1&timeout=" + timeout).send().status())
        .isEqualTo(200);
  }

  @Test
  @ActivateRequestContext
  @Covers("batch.common.timeout-clamped")
  void statementsOfALongTimeoutEndAfterThirtySeconds() {
    context.limitTo(Duration.ofSeconds(Integer.MAX_VALUE));

    assertThat(context.remaining()).isLessThanOrEqualTo(Duration.ofSeconds(30));
    assertThat(transactions.call(this::statementTimeout)).isEqualTo("30s");
  }

  @Test
  @ActivateRequestContext
  @Covers("batch.common.timeout-exceeded")
  void statementsOfAShortTimeoutEndWithIt() {
    context.limitTo(Duration.ofSeconds(5));

    assertThat(transactions.call(this::statementTimeout)).matches("\\d{1,4}ms|5s");
  }

  @Test
  @Covers("batch.common.timeout-exceeded")
  void requestThatOutlastsItsTimeoutChangesNothing() throws SQLException {
    Node node = world.linuxNode();
    world.addUser(node, "alice");
    ComputeNodeUser before = world.user(node, "alice").orElseThrow();

    Answer answer;
    try (Connection other = dataSource.getConnection()) {
      other.setAutoCommit(false);
      lockUsersOf(node, other);
      answer =
          world
              .call("PUT", node.user("alice") + "?timeout=1")
              .json("{\"sshPublicKey\": \"new\", \"expiryTime\": \"2030-01-01T00:00:00Z\"}")
              .send();
      other.rollback();
    }

    assertError(answer, 500, "OperationTimedOut");
    ComputeNodeUser after = world.user(node, "alice").orElseThrow();
    assertThat(after).usingRecursiveComparison().isEqualTo(before);
    assertThat(world.call("DELETE", node.user("alice") + "?timeout=30").send().status())
        .isEqualTo(200);
  }

  private static void lockUsersOf(Node node, Connection connection) throws SQLException {
    try (PreparedStatement lock =
        connection.prepareStatement(
            "select 1 from batch_compute_node_user where node_id = ? for update")) {
      lock.setString(1, node.id());
      assertThat(lock.executeQuery().next()).isTrue();
    }
  }

  private String statementTimeout() {
    return (String)
        entityManager
            .createNativeQuery("select current_setting('statement_timeout')", String.class)
            .getSingleResult();
  }

  // ---- headers

  @ParameterizedTest
  @Covers("batch.common.client-request-id-invalid")
  @ValueSource(
      strings = {
        "",
        "1",
        "9c4d50ee2d564cd3815234347dc9f2b0",
        "{9c4d50ee-2d56-4cd3-8152-34347dc9f2b0}",
        "9c4d50ee-2d56-4cd3-8152-34347dc9f2b",
        "9c4d50ee-2d56-4cd3-8152-34347dc9f2bg",
        "9c4d50ee-2d56-4cd3-8152-34347dc9f2b0, 9c4d50ee-2d56-4cd3-8152-34347dc9f2b0"
      })
  void clientRequestIdHasToBeAGuid(String id) {
    assertError(
        world
            .call("GET", "/pools")
            .header("client-request-id", id)
            .header("return-client-request-id", "true")
            .send(),
        400,
        "InvalidHeaderValue",
        "HeaderName",
        "client-request-id",
        "HeaderValue",
        id);
  }

  @ParameterizedTest
  @Covers("batch.common.ocp-date-invalid")
  @ValueSource(
      strings = {
        "",
        "yesterday",
        "2016-11-21T18:27:39Z",
        "1479752859",
        "Tue, 21 Nov 2016 18:27:39 GMT",
        "Mon, 21 Nov 2016 25:27:39 GMT",
        "Tue, 31 Feb 2023 00:00:00 GMT",
        "Mon, 21 Nov 2016 18:27:39"
      })
  void ocpDateHasToBeAnHttpDate(String date) {
    assertError(
        world.call("GET", "/pools").header("ocp-date", date).send(),
        400,
        "InvalidHeaderValue",
        "HeaderName",
        "ocp-date",
        "HeaderValue",
        date);
  }

  @ParameterizedTest
  @Covers("batch.common.ocp-date-invalid")
  @ValueSource(strings = {"Mon, 21 Nov 2016 18:27:39 GMT", "Monday, 21-Nov-16 18:27:39 GMT"})
  void bearerRequestMayCarryAnyHttpDate(String date) {
    assertThat(world.call("GET", "/pools?maxresults=1").header("ocp-date", date).send().status())
        .isEqualTo(200);
  }

  @ParameterizedTest
  @Covers("batch.common.return-client-request-id-invalid")
  @ValueSource(strings = {"", "yes", "1", "truee", "true, false"})
  void returnClientRequestIdHasToBeABoolean(String value) {
    assertError(
        world.call("GET", "/pools").header("return-client-request-id", value).send(),
        400,
        "InvalidHeaderValue",
        "HeaderName",
        "return-client-request-id",
        "HeaderValue",
        value);
  }

  @Test
  @Covers("batch.common.client-request-id-echo")
  void clientRequestIdComesBackWhenAskedFor() {
    Node node = world.linuxNode();
    String unknown = "/pools/unknown";

    for (String wish : List.of("true", "True", "TRUE")) {
      assertThat(echo("GET", node.path(), wish).header("client-request-id")).contains(ID);
      assertThat(echo("DELETE", node.user("u"), wish).header("client-request-id")).contains(ID);
      assertThat(echo("GET", unknown, wish).header("client-request-id")).contains(ID);
      assertThat(echo("HEAD", unknown, wish).header("client-request-id")).contains(ID);
      assertThat(echo("PATCH", unknown, wish).header("client-request-id")).contains(ID);
      assertThat(echo("GET", unknown + "?timeout=x", wish).header("client-request-id"))
          .contains(ID);
    }
    assertThat(
            raw("GET", "/pools/%zz")
                .header("client-request-id", ID)
                .header("return-client-request-id", "true")
                .send()
                .header("client-request-id"))
        .contains(ID);
  }

  @Test
  @Covers("batch.common.client-request-id-echo")
  void clientRequestIdStaysAwayUnlessAskedFor() {
    Node node = world.linuxNode();

    for (String wish : List.of("false", "FALSE")) {
      assertThat(echo("GET", node.path(), wish).headers()).doesNotContainKey("client-request-id");
      assertThat(echo("GET", "/pools/unknown", wish).headers())
          .doesNotContainKey("client-request-id");
    }
    assertThat(world.call("GET", node.path()).header("client-request-id", ID).send().headers())
        .doesNotContainKey("client-request-id");
    assertThat(
            world
                .call("GET", node.path())
                .header("return-client-request-id", "true")
                .send()
                .headers())
        .doesNotContainKey("client-request-id");
  }

  private Answer echo(String method, String path, String wish) {
    return world
        .call(method, path)
        .header("client-request-id", ID)
        .header("return-client-request-id", wish)
        .send();
  }

  @Test
  @Covers({"batch.common.request-id", "batch.common.data-service-version"})
  void everyAnswerHasItsIdAndTheVersionOfTheDataService() {
    Node node = world.linuxNode();

    List<Answer> answers =
        List.of(
            world.call("GET", node.path()).send(),
            world.call("GET", node.path()).send(),
            world.call("POST", node.users()).json("{\"name\": \"u\"}").send(),
            world.call("PUT", node.user("u")).json("{}").send(),
            world.call("DELETE", node.user("u")).send(),
            world.call("DELETE", node.user("u")).send(),
            world.call("HEAD", "/pools/" + node.poolId()).send(),
            world.call("HEAD", "/pools/unknown").send(),
            world.call("PATCH", "/pools/unknown").send(),
            world.call("GET", "/jobs").send(),
            world.anonymous("GET", "/pools").send(),
            raw("GET", "/pools/%zz").send());

    assertThat(answers)
        .extracting(answer -> answer.header("request-id").orElseThrow())
        .allMatch(
            id ->
                Pattern.matches("[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}", id))
        .doesNotHaveDuplicates();
    assertThat(answers)
        .extracting(answer -> answer.headers().get("dataserviceversion"))
        .containsOnly(List.of("3.0"));
  }

  // ---- media types

  @ParameterizedTest
  @Covers("batch.common.content-type-parameters")
  @ValueSource(
      strings = {
        "application/json",
        "application/json; odata=minimalmetadata",
        "application/json; odata=minimalmetadata; charset=utf-8",
        "application/json;odata=verbose",
        "application/json; charset=\"UTF-8\"",
        "APPLICATION/JSON; Charset=utf-8",
        "application/json; charset=utf-16",
        "application/json; charset=unheard-of",
        "application/json;"
      })
  void jsonIsTakenWithAnyParameters(String contentType) {
    Node node = world.linuxNode();

    Answer answer =
        world
            .call("POST", node.users())
            .header("Content-Type", contentType)
            .body("{\"name\": \"a\", \"sshPublicKey\": \"\u00e9\"}")
            .send();

    assertThat(answer.status()).as(answer.text()).isEqualTo(201);
    assertThat(world.user(node, "a").orElseThrow().sshPublicKey).isEqualTo("\u00e9");
  }

  @ParameterizedTest
  @Covers("batch.common.content-type-bodyless")
  @ValueSource(strings = {"application/json; charset=utf-8", "text/plain", "application/xml", "x"})
  void contentTypeWithoutBodyIsIgnored(String contentType) {
    Node node = world.linuxNode();
    world.addUser(node, "a");

    assertThat(world.call("GET", node.path()).header("Content-Type", contentType).send().status())
        .isEqualTo(200);
    assertThat(
            world
                .call("HEAD", "/pools/" + node.poolId())
                .header("Content-Type", contentType)
                .send()
                .status())
        .isEqualTo(200);
    assertThat(
            world
                .call("DELETE", node.user("a"))
                .header("Content-Type", contentType)
                .send()
                .status())
        .isEqualTo(200);
  }

  @ParameterizedTest
  @Covers("batch.common.content-type-other")
  @ValueSource(
      strings = {
        "text/plain",
        "application/xml",
        "text/json",
        "application/merge-patch+json",
        "application/x-www-form-urlencoded",
        "multipart/form-data",
        "*/*",
        "application/*",
        "json",
        "/",
        ";",
        "application/"
      })
  void otherMediaTypesAreRefused(String contentType) {
    Node node = world.linuxNode();

    assertError(
        world
            .call("POST", node.users())
            .header("Content-Type", contentType)
            .body("{\"name\": \"a\"}")
            .send(),
        400,
        "InvalidHeaderValue",
        "HeaderName",
        "Content-Type",
        "HeaderValue",
        contentType);
    assertError(
        world.call("PUT", node.user("a")).header("Content-Type", contentType).body("{}").send(),
        400,
        "InvalidHeaderValue",
        "HeaderName",
        "Content-Type",
        "HeaderValue",
        contentType);
    assertThat(world.user(node, "a")).isEmpty();
  }

  @Test
  @Covers("batch.common.content-type-missing")
  void bodyWithoutContentTypeIsJson() {
    Node node = world.linuxNode();
    String poolId = world.newPoolId();

    assertThat(world.call("POST", node.users()).body("{\"name\": \"a\"}").send().status())
        .isEqualTo(201);
    assertThat(world.call("PUT", node.user("a")).body("{\"sshPublicKey\": \"k\"}").send().status())
        .isEqualTo(200);
    assertThat(world.user(node, "a").orElseThrow().sshPublicKey).isEqualTo("k");
    assertThat(world.call("POST", "/pools").body(BatchWorld.linuxPool(poolId, 1)).send().status())
        .isEqualTo(201);
    assertError(world.call("POST", node.users()).body("{").send(), 400, "InvalidRequestBody");
  }

  @ParameterizedTest
  @Covers("batch.common.accept-ignored")
  @ValueSource(
      strings = {
        "application/xml",
        "text/plain;q=0",
        "application/json",
        "*/*",
        "x",
        "",
        ";",
        "a/b/c"
      })
  void acceptIsIgnored(String accept) {
    Node node = world.linuxNode();

    Answer answer = world.call("GET", node.path()).header("Accept", accept).send();

    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.header("Content-Type")).contains("application/json;odata=minimalmetadata");
    assertError(
        world.call("DELETE", node.user("a")).header("Accept", accept).send(),
        404,
        "NodeUserNotFound");
  }

  // ---- bodies

  @Test
  @Covers("batch.common.null-is-omitted")
  void nullInAUserCountsAsOmitted() {
    clock.stop();
    Node node = world.linuxNode();

    assertThat(
            world
                .call("POST", node.users())
                .json(
                    """
                    {"name": "a", "isAdmin": null, "expiryTime": null, "password": null,
                     "sshPublicKey": null}
                    """)
                .send()
                .status())
        .isEqualTo(201);

    ComputeNodeUser user = world.user(node, "a").orElseThrow();
    assertThat(user.admin).isFalse();
    assertThat(user.passwordHash).isNull();
    assertThat(user.sshPublicKey).isNull();
    assertThat(user.expiresAt).isEqualTo(clock.instant().plus(Duration.ofDays(1)));
    assertError(
        world.call("POST", node.users()).json("{\"name\": null}").send(),
        400,
        "MissingRequiredProperty",
        "PropertyName",
        "name");
  }

  @Test
  @Covers("batch.common.null-is-omitted")
  void nullInAnUpdateRemoves() {
    Node node = world.linuxNode();
    world.addUser(node, "a", new AccountSettings("hash", "key", clock.instant()));

    assertThat(
            world
                .call("PUT", node.user("a"))
                .json("{\"expiryTime\": null, \"password\": null, \"sshPublicKey\": null}")
                .send()
                .status())
        .isEqualTo(200);

    ComputeNodeUser user = world.user(node, "a").orElseThrow();
    assertThat(user.passwordHash).isNull();
    assertThat(user.sshPublicKey).isNull();
  }

  @Test
  @Covers("batch.common.null-is-omitted")
  void nullInOtherBodiesCountsAsOmitted() {
    Node node = world.linuxNode();
    String poolId = world.newPoolId();
    String pool = BatchWorld.linuxPool(poolId, 1);

    assertThat(
            world
                .call("POST", node.path() + "/reboot")
                .json("{\"nodeRebootOption\": null}")
                .send()
                .status())
        .isEqualTo(202);
    assertThat(
            world
                .call("POST", "/pools")
                .json(pool.replace("{\"id\"", "{\"displayName\": null, \"metadata\": null, \"id\""))
                .send()
                .status())
        .isEqualTo(201);
    assertThat(world.call("GET", "/pools/" + poolId).send().json().has("displayName")).isFalse();
    assertError(
        world
            .call("POST", "/pools")
            .json(pool.replace("\"vmSize\": \"standard_d2s_v3\"", "\"vmSize\": null"))
            .send(),
        400,
        "MissingRequiredProperty",
        "PropertyName",
        "vmSize");
  }

  @Test
  @Covers("batch.common.unknown-members")
  void unknownMembersAreIgnored() {
    Node node = world.linuxNode();
    String unknown = "\"unknown\": {\"a\": [1, \"\\u0000\"]}, \"odata.metadata\": 1, \"Name\": []";

    assertThat(
            world
                .call("POST", node.users())
                .json("{" + unknown + ", \"name\": \"a\"}")
                .send()
                .status())
        .isEqualTo(201);
    assertThat(
            world
                .call("PUT", node.user("a"))
                .json("{" + unknown + ", \"name\": 1, \"isAdmin\": [], \"sshPublicKey\": \"k\"}")
                .send()
                .status())
        .isEqualTo(200);
    assertThat(world.user(node, "a").orElseThrow().sshPublicKey).isEqualTo("k");
    assertThat(
            world.call("POST", node.path() + "/reboot").json("{" + unknown + "}").send().status())
        .isEqualTo(202);
    assertThat(
            world
                .call("POST", node.path() + "/disablescheduling")
                .json("{" + unknown + "}")
                .send()
                .status())
        .isEqualTo(200);
    assertThat(
            world
                .call("POST", world.cloudServiceNode().path() + "/reimage")
                .json("{" + unknown + "}")
                .send()
                .status())
        .isEqualTo(202);
  }

  // ---- errors and links

  @Test
  @Covers({
    "batch.common.error-body",
    "batch.common.error-values-omitted",
    "batch.common.error-content-type"
  })
  void errorHasTheFormOfTheService() {
    clock.stop();
    String time = BatchTime.sevenDigits(clock.instant());

    Answer answer = world.call("GET", "/pools/unknown").send();

    assertThat(answer.header("Content-Type")).contains("application/json;odata=minimalmetadata");
    assertThat(answer.text())
        .isEqualTo(
            "{\"odata.metadata\":\""
                + world.origin()
                + "/$metadata#Microsoft.Azure.Batch.Protocol.Entities.Container.errors/@Element\","
                + "\"code\":\"PoolNotFound\",\"message\":{\"lang\":\"en-US\",\"value\":"
                + "\"The specified pool does not exist.\\nRequestId:"
                + answer.header("request-id").orElseThrow()
                + "\\nTime:"
                + time
                + "\"}}");
  }

  @Test
  @Covers("batch.common.error-body")
  void errorWithDetailsEndsWithThem() {
    Answer answer = world.anonymous("GET", "/pools").send();

    assertThat(answer.text())
        .endsWith(",\"values\":[{\"key\":\"QueryParameterName\",\"value\":\"api-version\"}]}");
  }

  @ParameterizedTest
  @Covers("batch.common.links-follow-caller")
  @ValueSource(strings = {"batch.example", "batch.example:81", "127.0.0.1:1", "[::1]:8080"})
  void linksStartWithTheHostOfTheCaller(String host) {
    Node node = world.node(BatchWorld.linuxPool(world.newPoolId(), 2));
    String origin = "http://" + host;

    Answer added = host(host, world.call("POST", node.users())).json("{\"name\": \"a\"}").send();
    assertThat(added.header("Location")).contains(origin + node.user("a"));
    assertThat(added.header("DataServiceId")).contains(origin + node.user("a"));

    Answer got = host(host, world.call("GET", node.path())).send();
    assertThat(got.json().get("url").asText()).isEqualTo(origin + node.path());
    assertThat(got.json().get("odata.metadata").asText())
        .isEqualTo(origin + "/$metadata#nodes/@Element");

    String nodes = "/pools/" + node.poolId() + "/nodes";
    Answer page = host(host, world.call("GET", nodes + "?maxresults=1")).send();
    assertThat(page.json().get("odata.nextLink").asText())
        .startsWith(origin + nodes + "?maxresults=1&" + BatchWorld.VERSION + "&$skiptoken=");

    Answer error = host(host, world.call("GET", "/pools/unknown")).send();
    assertThat(error.json().get("odata.metadata").asText()).startsWith(origin + "/$metadata#");
  }

  @Test
  @Covers("batch.common.links-follow-caller")
  void linksOfACallerWithoutHostStartWithTheListener() {
    Node node = world.linuxNode();

    Answer answer =
        raw("GET", node.path() + "?" + BatchWorld.VERSION)
            .withoutHost()
            .header("Authorization", BatchWorld.BEARER)
            .send();

    assertThat(answer.json().get("url").asText())
        .isEqualTo(
            "http://127.0.0.1:" + java.net.URI.create(world.origin()).getPort() + node.path());
  }

  // ---- bearer

  @ParameterizedTest
  @Covers("batch.common.bearer-accepted")
  @ValueSource(strings = {"Bearer x", "bearer eyJ0eXAi.e30.", "BEARER  two words", "Bearer \u00e9"})
  void anyTokenIsAccepted(String authorization) {
    Answer answer =
        raw("GET", "/pools?maxresults=1&" + BatchWorld.VERSION)
            .header("Authorization", authorization)
            .send();

    assertThat(answer.status()).isEqualTo(200);
  }

  @ParameterizedTest
  @Covers("batch.common.bearer-empty")
  @ValueSource(strings = {"Bearer", "Bearer ", "bearer   "})
  void emptyTokenIsRefused(String authorization) {
    assertError(
        raw("GET", "/pools?" + BatchWorld.VERSION).header("Authorization", authorization).send(),
        401,
        "AuthenticationFailed",
        "AuthenticationErrorDetail",
        "The bearer token is empty.");
  }

  @Test
  @Covers("batch.common.authorization-missing")
  void requestWithoutAuthorizationIsRefused() {
    Node node = world.linuxNode();

    for (Call call :
        List.of(
            world.anonymous("GET", node.path() + "?" + BatchWorld.VERSION),
            world.anonymous("DELETE", node.user("u") + "?" + BatchWorld.VERSION),
            world
                .anonymous("POST", node.users() + "?" + BatchWorld.VERSION)
                .json("{\"name\": \"u\"}"))) {
      assertError(call.send(), 400, "MissingRequiredHeader", "HeaderName", "Authorization");
    }
    assertThat(world.user(node, "u")).isEmpty();
    assertThat(world.anonymous("HEAD", "/pools/p?" + BatchWorld.VERSION).send().status())
        .isEqualTo(400);
  }

  @ParameterizedTest
  @Covers("batch.common.authorization-unparsable")
  @CsvSource(
      delimiter = '|',
      value = {
        "''|The scheme has to be SharedKey or Bearer.",
        "Basic YTpi|The scheme has to be SharedKey or Bearer.",
        "SharedKeyLite a:YQ==|The scheme has to be SharedKey or Bearer.",
        "token|The scheme has to be SharedKey or Bearer.",
        "SharedKey|SharedKey credentials have the form account:signature.",
        "SharedKey devbatch|SharedKey credentials have the form account:signature.",
        "SharedKey devbatch:|SharedKey credentials have the form account:signature.",
        "SharedKey :YQ==|SharedKey credentials have the form account:signature.",
        "SharedKey devbatch:***|The signature is not base64.",
        "SharedKey devbatch:YQ==:YQ==|The signature is not base64."
      })
  void authorizationThatCannotBeReadIsRefused(String authorization, String detail) {
    assertThat(
            BatchErrorAssert.details(
                raw("GET", "/pools?" + BatchWorld.VERSION)
                    .header("Authorization", authorization)
                    .send(),
                400,
                "InvalidAuthenticationInfo"))
        .containsExactly(entry("AuthenticationErrorDetail", detail));
  }

  private Call host(String host, Call call) {
    return call.header("Host", host);
  }

  private Call bearer(String method, String target) {
    return world.anonymous(method, target).header("Authorization", BatchWorld.BEARER);
  }

  private RawHttp raw(String method, String target) {
    return RawHttp.of(Contract.AZURE_BATCH, world.origin(), method, target);
  }
}

package dev.roster.server.packaged;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.roster.testing.Answer;
import dev.roster.testing.Contract;
import dev.roster.testing.Covers;
import dev.roster.testing.RawHttp;
import dev.roster.testing.ServerProcess;
import dev.roster.testing.Trust;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The ports of the administrator and the tenant interface, beside the main ports. */
class AzurePackPortsIT {

  private static final String NOT_FOUND =
      "{\"Code\":\"ResourceNotFound\",\"Message\":\"The resource was not found.\","
          + "\"Details\":null}";

  @TempDir static Path dataDir;

  private static ServerProcess server;
  private static SSLContext trust;

  @TempDir private Path elsewhere;

  @BeforeAll
  static void start() {
    server = ServerProcess.start(dataDir, Map.of());
    trust = Trust.inStore(server.trustStore());
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  private static RawHttp bare(URI origin, String method, String target) {
    RawHttp request = RawHttp.of(Contract.AZURE_PACK, origin.toString(), method, target);
    return origin.getScheme().equals("https") ? request.trusting(trust) : request;
  }

  private static RawHttp request(URI origin, String method, String target) {
    return bare(origin, method, target).header("Authorization", "Bearer token");
  }

  private static RawHttp request(URI origin, String method, String target, String json) {
    return request(origin, method, target)
        .header("Content-Type", "application/json")
        .announcedBody(json.getBytes(StandardCharsets.UTF_8));
  }

  private static String body(String name, int state) {
    return "{\"Name\":\"%1$s\",\"Email\":\"%1$s\",\"State\":%2$d}".formatted(name, state);
  }

  private static List<URI> all() {
    return List.of(
        server.packAdminEndpoint(),
        server.packTenantEndpoint(),
        server.endpoint(),
        server.httpsEndpoint());
  }

  @Test
  @Covers("pack.common.ports")
  void whatOnePortStoresAllAnswer() {
    for (URI written : all()) {
      String name = "port" + written.getPort() + "@example.test";
      assertThat(request(written, "POST", "/users", body(name, 1)).send().status())
          .as(written.toString())
          .isEqualTo(201);
      Answer updated = request(written, "PUT", "/users/" + name, body(name, 2)).send();
      assertThat(updated.status()).isEqualTo(200);
      for (URI read : all()) {
        Answer answer = request(read, "GET", "/users/" + name).send();
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.text()).isEqualTo(updated.text());
      }
      assertThat(request(written, "DELETE", "/users/" + name).send().status()).isEqualTo(202);
      for (URI read : all()) {
        assertThat(request(read, "GET", "/users/" + name).send().status()).isEqualTo(404);
      }
      String token =
          "{\"Username\": \"%s\", \"TokenExpiryTime\": \"2013-06-28T05:15:30\"}".formatted(name);
      assertThat(request(written, "POST", "/invalidusertokens", token).send().status())
          .isEqualTo(200);
    }
  }

  @Test
  @Covers({"pack.common.ports", "pack.list-users.admin-only"})
  void mainPortsListUsersAsTheAdministratorInterfaceDoes() {
    String name = "listed@example.test";
    request(server.packTenantEndpoint(), "POST", "/users", body(name, 1)).send();
    String target = "/users?filter=" + name;

    Answer listed = request(server.packAdminEndpoint(), "GET", target).send();

    assertThat(listed.status()).isEqualTo(200);
    assertThat(listed.json().get("items")).hasSize(1);
    assertThat(listed.json().get("items").get(0).get("Name").asText()).isEqualTo(name);
    for (URI main : List.of(server.endpoint(), server.httpsEndpoint())) {
      Answer answer = request(main, "GET", target).send();
      assertThat(answer.status()).isEqualTo(200);
      assertThat(answer.json().get("items")).isEqualTo(listed.json().get("items"));
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/users",
        "/users/",
        "/USERS",
        "/Users/",
        "//users",
        "/%75sers",
        "/users?skip=0&take=1",
        "/users?take=x"
      })
  @Covers("pack.list-users.admin-only")
  void tenantInterfaceHasNoList(String target) {
    Answer answer = request(server.packTenantEndpoint(), "GET", target).send();

    assertThat(answer.status()).isEqualTo(404);
    assertThat(answer.header("Content-Type")).contains("application/json; charset=utf-8");
    assertThat(answer.text()).isEqualTo(NOT_FOUND);
  }

  @Test
  @Covers({"pack.common.wrong-verb", "pack.list-users.admin-only"})
  void eachInterfaceAllowsWhatItHas() {
    assertThat(request(server.packAdminEndpoint(), "PATCH", "/users").send().header("Allow"))
        .contains("GET, POST");
    assertThat(request(server.packTenantEndpoint(), "PATCH", "/users").send().header("Allow"))
        .contains("POST");
  }

  @ParameterizedTest
  @CsvSource({
    "GET, /",
    "GET, /q/health",
    "GET, /q/health/live",
    "GET, /q/metrics",
    "GET, /q/swagger-ui",
    "GET, /roster/ca.pem",
    "GET, /roster/openapi/azure-pack.yaml",
    "GET, /roster/coverage",
    "GET, /roster/coverage.json",
    "GET, /pools",
    "POST, /pools",
    "GET, /v1/users",
    "POST, /v1/tokens",
    "GET, /versions",
    "GET, /usersx",
    "OPTIONS, /pools"
  })
  @Covers({"pack.common.ports", "pack.common.path-unknown", "pack.common.error-body"})
  void nothingElseAnswersThere(String method, String target) {
    assertNotFound(method, target, "The resource was not found.");
  }

  @ParameterizedTest
  @CsvSource({"GET, /subscriptions/subid", "GET, /plans"})
  @Covers({"pack.common.ports", "pack.common.absent-operation"})
  void absentOperationsAreNamedThereToo(String method, String target) {
    assertNotFound(
        method,
        target,
        "The resource was not found. Roster does not have this operation; see README, 'What is"
            + " covered'.");
  }

  private void assertNotFound(String method, String target, String message) {
    for (URI port : List.of(server.packAdminEndpoint(), server.packTenantEndpoint())) {
      Answer answer = request(port, method, target).send();
      assertThat(answer.status()).as(answer.text()).isEqualTo(404);
      assertThat(answer.header("Content-Type")).contains("application/json; charset=utf-8");
      assertThat(answer.text())
          .isEqualTo(NOT_FOUND.replace("The resource was not found.", message));

      Answer xml = request(port, method, target).header("Accept", "application/xml").send();
      assertThat(xml.status()).isEqualTo(404);
      assertThat(xml.header("Content-Type")).contains("application/xml; charset=utf-8");
      assertThat(xml.text())
          .isEqualTo(
              "<Error xmlns=\"http://schemas.microsoft.com/windowsazure\""
                  + " xmlns:i=\"http://www.w3.org/2001/XMLSchema-instance\">"
                  + "<Code>ResourceNotFound</Code><Message>"
                  + message
                  + "</Message><Details i:nil=\"true\"></Details></Error>");
    }
  }

  @Test
  @Covers("pack.common.check-order")
  void pathComesBeforeAuthorizationAndAuthorizationBeforeTheRightsAtThePort() {
    for (URI port : List.of(server.packAdminEndpoint(), server.packTenantEndpoint())) {
      assertThat(bare(port, "GET", "/pools").send().status()).isEqualTo(404);
      assertThat(bare(port, "GET", "/users/%zz").send().status()).isEqualTo(400);
      assertThat(bare(port, "PATCH", "/users").send().status()).isEqualTo(405);
      assertThat(bare(port, "GET", "/users").send().status()).isEqualTo(401);
    }
  }

  @Test
  @Covers({"pack.common.check-order", "pack.common.ports"})
  void rightsAtThePortComeBeforeHeadersAndHeadersBeforeTheMediaType() {
    Map<String, String> strictAboutHeaders =
        Map.of(
            "roster.choices.pack.common.principal-id",
            "required",
            "roster.pack.admin.enabled",
            "false");
    try (ServerProcess other = ServerProcess.start(elsewhere, strictAboutHeaders)) {
      SSLContext otherTrust = Trust.inStore(other.trustStore());
      URI tenant = other.packTenantEndpoint();

      assertThatThrownBy(other::packAdminEndpoint).isInstanceOf(IllegalStateException.class);
      Answer list =
          RawHttp.of(Contract.AZURE_PACK, tenant.toString(), "GET", "/users")
              .trusting(otherTrust)
              .header("Authorization", "Bearer token")
              .send();
      assertThat(list.status()).isEqualTo(404);
      assertThat(list.text()).isEqualTo(NOT_FOUND);
      Answer create =
          RawHttp.of(Contract.AZURE_PACK, tenant.toString(), "POST", "/users")
              .trusting(otherTrust)
              .header("Authorization", "Bearer token")
              .header("Content-Type", "text/plain")
              .announcedBody("{".getBytes(StandardCharsets.UTF_8))
              .send();
      assertThat(create.status()).isEqualTo(400);
      assertThat(create.json().get("Message").asText())
          .isEqualTo("The header x-ms-principal-id is missing.");
    }
  }
}

package dev.roster.server.apimanagement;

import static dev.roster.server.apimanagement.ApiManagementErrorAssert.assertGatewayError;
import static dev.roster.server.apimanagement.ApiManagementWorld.user;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.roster.server.apimanagement.ApiManagementWorld.Service;
import dev.roster.server.http.ApiVersions;
import dev.roster.testing.Answer;
import dev.roster.testing.Call;
import dev.roster.testing.Covers;
import dev.roster.testing.DatabaseTestResource;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The operations on users in every version that the contract lists. */
@QuarkusTest
@WithTestResource(DatabaseTestResource.class)
class ApiVersionsTest {

  private static final String SAMPLE =
      "/subscriptions/subid/resourceGroups/rg1/providers/Microsoft.ApiManagement/service/apimService1"
          + "/users/5931a75ae4bbd512a88c680b";

  @Inject ApiManagementWorld world;

  static List<String> versions() {
    return ApiVersions.of("azure-api-management", false).oldestFirst();
  }

  private Call bearer(String method, String path, String version) {
    return world
        .anonymous(method, path + "?api-version=" + version)
        .header("Authorization", "Bearer token");
  }

  @ParameterizedTest
  @MethodSource("versions")
  @Covers("apim.common.api-versions-accepted")
  void documentedUpdateHasTheSameAnswerInEveryVersion(String version) throws Exception {
    Answer updated =
        bearer("PATCH", SAMPLE, version)
            .header("If-Match", "*")
            .body(
                """
                {
                  "properties": {
                    "firstName": "foo",
                    "lastName": "bar",
                    "email": "foobar@outlook.com"
                  }
                }
                """)
            .send();

    assertThat(updated.status()).isEqualTo(200);
    assertThat(updated.header("Content-Type")).contains("application/json; charset=utf-8");
    assertThat(updated.header("ETag")).hasValueSatisfying(tag -> assertThat(tag).hasSize(14));
    assertThat(updated.json())
        .isEqualTo(
            new ObjectMapper()
                .readTree(
                    """
                    {
                      "id": "%s",
                      "type": "Microsoft.ApiManagement/service/users",
                      "name": "5931a75ae4bbd512a88c680b",
                      "properties": {
                        "firstName": "foo",
                        "lastName": "bar",
                        "email": "foobar@outlook.com",
                        "state": "active",
                        "registrationDate": "2017-06-02T17:58:50.357Z",
                        "note": null,
                        "groups": [],
                        "identities": [{"provider": "Microsoft", "id": "*************"}]
                      }
                    }
                    """
                        .formatted(SAMPLE)));
  }

  @Test
  @Covers("apim.common.api-versions-accepted")
  void versionsDoNotDifferInWhatTheyRead() {
    Service service = world.newService();
    world.addUser(service, "u");
    JsonNode read = bearer("GET", service.user("u"), "2022-08-01").send().json();
    JsonNode listed = bearer("GET", service.users(), "2022-08-01").send().json();

    for (String version : versions()) {
      assertThat(bearer("GET", service.user("u"), version).send().json())
          .as(version)
          .isEqualTo(read);
      assertThat(inVersion("2022-08-01", bearer("GET", service.users(), version).send().json()))
          .as(version)
          .isEqualTo(listed);
    }
  }

  /** A list without its link, which repeats the version. */
  private static JsonNode inVersion(String version, JsonNode list) {
    if (list.hasNonNull("nextLink")) {
      String link = list.get("nextLink").asText();
      ((ObjectNode) list)
          .put("nextLink", link.replaceAll("api-version=[^&]+", "api-version=" + version));
    }
    return list;
  }

  @Test
  @Covers("apim.common.api-versions-accepted")
  void everyPublishedVersionSinceAugust2021IsListed() {
    assertThat(String.join(",", ApiVersions.of("azure-api-management", false).newestFirst()))
        .isEqualTo(RequestChecksTest.VERSIONS);
  }

  @ParameterizedTest
  @CsvSource({
    "2021-08-01, 200",
    "2021-12-01-preview, 200",
    "2022-04-01-preview, 200",
    "2022-08-01, 200",
    "2022-09-01-preview, 200",
    "2023-03-01-preview, 200",
    "2023-05-01-preview, 204",
    "2023-09-01-preview, 204",
    "2024-05-01, 204",
    "2024-06-01-preview, 204",
    "2024-10-01-preview, 204",
    "2025-03-01-preview, 204",
    "2025-09-01-preview, 204"
  })
  @Covers("apim.delete-user.status-of-version")
  void deletionHasTheStatusOfItsVersion(String version, int status) {
    Service service = world.newService();
    assertThat(bearer("PUT", service.user("u"), version).body(user("u@x")).send().status())
        .isEqualTo(201);

    Answer deleted = bearer("DELETE", service.user("u"), version).header("If-Match", "*").send();
    assertThat(deleted.status()).isEqualTo(status);
    assertThat(deleted.text()).isEmpty();
    assertThat(bearer("GET", service.user("u"), version).send().status()).isEqualTo(404);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "2016-07-07",
        "2016-10-10",
        "2017-03-01",
        "2018-01-01",
        "2018-06-01-preview",
        "2019-01-01",
        "2019-12-01-preview",
        "2019-12-01",
        "2020-06-01-preview",
        "2020-12-01",
        "2021-01-01-preview",
        "2021-04-01-preview"
      })
  @Covers("apim.common.api-versions-retired")
  void retiredVersionIsRefusedLikeAnUnknownOne(String version) {
    assertGatewayError(
        bearer("PATCH", SAMPLE, version).header("If-Match", "*").body("{}").send(),
        400,
        "NoRegisteredProviderFound",
        "No registered resource provider found for location 'West US' and API version '"
            + version
            + "' for type 'service/users'. The supported api-versions are '"
            + RequestChecksTest.VERSIONS
            + "'. The supported locations are 'West US'.");
  }
}

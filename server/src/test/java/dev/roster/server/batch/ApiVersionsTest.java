package dev.roster.server.batch;

import static dev.roster.server.batch.Refusals.assertRefused;
import static dev.roster.testing.PasswordHashes.isHashOf;
import static org.assertj.core.api.Assertions.assertThat;

import dev.roster.server.batch.BatchWorld.Node;
import dev.roster.server.http.ApiVersions;
import dev.roster.testing.Answer;
import dev.roster.testing.Covers;
import dev.roster.testing.DatabaseTestResource;
import dev.roster.testing.MutableClock;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The operations on users in every version that the contract lists. */
@QuarkusTest
@WithTestResource(DatabaseTestResource.class)
class ApiVersionsTest {

  private static final Node NODE = new Node("poolId", "tvm-1695681911_1-20161121t182739z");

  @Inject BatchWorld world;
  @Inject StoredAccounts stored;
  @Inject MutableClock clock;

  static List<String> versions() {
    return ApiVersions.of("azure-batch", false).oldestFirst();
  }

  @BeforeEach
  void stopTheClock() {
    clock.stop();
  }

  @AfterEach
  void resetTheClock() {
    clock.reset();
  }

  @ParameterizedTest
  @MethodSource("versions")
  @Covers("batch.common.api-versions-accepted")
  void documentedUpdateHasTheSameAnswerInEveryVersion(String version) {
    Answer updated =
        world
            .anonymous("PUT", NODE.user("userName") + "?api-version=" + version)
            .header("Authorization", "Bearer token")
            .body(
                """
                {
                  "password": "12345",
                  "expiryTime": "2016-11-27T00:45:48.7320857Z"
                }
                """)
            .send();

    assertThat(updated.status()).isEqualTo(200);
    assertThat(updated.text()).isEmpty();
    Map<String, List<String>> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    headers.putAll(updated.headers());
    assertThat(headers.remove("request-id")).hasSize(1);
    assertThat(headers.remove("date")).hasSize(1);
    assertThat(headers)
        .isEqualTo(
            Map.of(
                "content-length",
                List.of("0"),
                "dataserviceid",
                List.of(world.origin() + NODE.user("userName")),
                "dataserviceversion",
                List.of("3.0"),
                "x-content-type-options",
                List.of("nosniff")));
    assertThat(isHashOf(world.user(NODE, "userName").orElseThrow().passwordHash, "12345")).isTrue();
  }

  @ParameterizedTest
  @MethodSource("versions")
  @Covers("batch.common.api-versions-accepted")
  void usersAreAddedAndDeletedInEveryVersion(String version) {
    Node node = world.linuxNode();
    String query = "?api-version=" + version;

    Answer added = world.call("POST", node.users() + query).json("{\"name\": \"u\"}").send();
    assertThat(added.status()).isEqualTo(201);
    assertThat(added.header("Location")).contains(world.origin() + node.user("u"));
    assertThat(stored.names(node)).containsExactly("u");
    assertThat(world.call("DELETE", node.user("u") + query).send().status()).isEqualTo(200);
    assertThat(stored.names(node)).isEmpty();
  }

  @Test
  @Covers("batch.common.api-versions-accepted")
  void everyPublishedVersionSince2018IsListed() {
    assertThat("Supported versions: " + String.join(", ", versions()))
        .isEqualTo(RequestChecksTest.VERSIONS);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "2015-12-01.2.2",
        "2016-02-01.3.0",
        "2016-07-01.3.1",
        "2017-01-01.4.0",
        "2017-05-01.5.0",
        "2017-06-01.5.1",
        "2017-09-01.6.0"
      })
  @Covers("batch.common.api-versions-retired")
  void retiredVersionIsRefusedLikeAnUnknownOne(String version) {
    assertRefused(
        world
            .anonymous("PUT", NODE.user("userName") + "?api-version=" + version)
            .header("Authorization", "Bearer token")
            .body("{}")
            .send(),
        400,
        "InvalidQueryParameterValue",
        "QueryParameterName",
        "api-version",
        "QueryParameterValue",
        version,
        "Reason",
        RequestChecksTest.VERSIONS);
  }
}

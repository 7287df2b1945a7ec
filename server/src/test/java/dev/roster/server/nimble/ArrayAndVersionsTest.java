package dev.roster.server.nimble;

import static dev.roster.server.nimble.NimbleErrorAssert.assertError;
import static org.assertj.core.api.Assertions.assertThat;

import dev.roster.testing.Answer;
import dev.roster.testing.Covers;
import dev.roster.testing.DatabaseTestResource;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What clients ask before they begin. */
@QuarkusTest
@WithTestResource(DatabaseTestResource.class)
class ArrayAndVersionsTest {

  private static final String VERSIONS =
      "{\"data\":[{\"name\":\"v1\",\"software_version\":\"5.2.1.0-1-opt\"}],"
          + "\"startRow\":0,\"endRow\":1,\"totalRows\":1}";

  private static final String ARRAYS = "/v1/arrays/detail";

  @Inject NimbleWorld world;

  private void assertVersions(String path) {
    Answer open = world.anonymous("GET", path).send();
    Answer stale = world.anonymous("GET", path).header("X-Auth-Token", "stale").send();

    assertThat(open.status()).isEqualTo(200);
    assertThat(open.text()).isEqualTo(VERSIONS);
    assertThat(stale.text()).isEqualTo(VERSIONS);
    assertThat(world.get(path).text()).isEqualTo(VERSIONS);
  }

  @Test
  @Covers("nimble.list-versions.answer")
  void theVersionIsToldWithoutASession() {
    assertVersions("/versions");
  }

  @Test
  @Covers("nimble.list-versions-detail.answer")
  void theReleaseIsToldWithoutASession() {
    assertVersions("/versions/detail");
  }

  @Test
  @Covers("nimble.list-versions-v1.answer")
  void theVersionIsToldBelowTheVersionToo() {
    assertVersions("/v1/versions");
  }

  @Test
  @Covers("nimble.list-versions-detail-v1.answer")
  void theReleaseIsToldBelowTheVersionToo() {
    assertVersions("/v1/versions/detail");
  }

  @ParameterizedTest
  @ValueSource(strings = {"/versions", "/versions/detail", "/v1/versions", "/v1/versions/detail"})
  @Covers("nimble.common.window")
  void versionsAreAListLikeOthers(String path) {
    assertThat(world.anonymous("GET", path + "?startRow=0&endRow=0").send().text())
        .isEqualTo("{\"data\":[],\"startRow\":0,\"endRow\":0,\"totalRows\":1}");
    assertThat(world.anonymous("GET", path + "?endRow=9&pageSize=5&sortBy=-name").send().text())
        .isEqualTo(VERSIONS);
    assertError(
        world.anonymous("GET", path + "?startRow=1").send(), 400, "SM_start_row_beyond_total_rows");
    assertError(
        world.anonymous("GET", path + "?nonsense=1").send(),
        400,
        "SM_unexpected_query_param",
        "param",
        "nonsense");
  }

  @Test
  @Covers("nimble.common.fields")
  void fieldsNameTheMembersOfAVersion() {
    Answer list = world.anonymous("GET", "/v1/versions/detail?fields=software_version").send();

    assertThat(list.json().get("data").toString())
        .isEqualTo("[{\"software_version\":\"5.2.1.0-1-opt\"}]");
    assertError(
        world.anonymous("GET", "/v1/versions?fields=name").send(),
        400,
        "SM_unexpected_query_param",
        "param",
        "fields");
  }

  @Test
  @Covers("nimble.list-arrays-detail.answer")
  void thereIsOneArray() {
    Answer list = world.get(ARRAYS);

    assertThat(list.status()).isEqualTo(200);
    assertThat(list.text())
        .isEqualTo(
            "{\"data\":[{\"id\":\"0900000000000004d3000000000000000000000001\","
                + "\"name\":\"roster\",\"version\":\"5.2.1.0-1-opt\"}],"
                + "\"startRow\":0,\"endRow\":1,\"totalRows\":1}");
  }

  @Test
  @Covers({"nimble.list-arrays-detail.answer", "nimble.common.fields"})
  void fieldsNameTheMembersOfTheArray() {
    assertThat(world.get(ARRAYS + "?fields=version").json().get("data").toString())
        .isEqualTo("[{\"version\":\"5.2.1.0-1-opt\"}]");
    assertError(
        world.get(ARRAYS + "?fields=version,serial"),
        400,
        "SM_invalid_query_param",
        "param",
        "fields",
        "value",
        "serial");
  }

  @Test
  @Covers("nimble.list-arrays-detail.answer")
  void theArrayIsToldToSessionsOfEveryRole() {
    Answer guest = world.call(world.logIn(world.newUser()), "GET", ARRAYS).send();

    assertThat(guest.status()).isEqualTo(200);
    assertThat(guest.text()).isEqualTo(world.get(ARRAYS).text());
    assertError(world.anonymous("GET", ARRAYS).send(), 401, "SM_auth");
  }
}

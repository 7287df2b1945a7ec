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
  private static final String ARRAY_ID = "0900000000000004d3000000000000000000000001";

  private static final String ARRAY =
      "{\"id\":\"0900000000000004d3000000000000000000000001\","
          + "\"name\":\"roster\","
          + "\"full_name\":\"roster\","
          + "\"search_name\":\"roster\","
          + "\"status\":\"reachable\","
          + "\"role\":\"leader\","
          + "\"group_state\":\"initialized\","
          + "\"pool_name\":\"default\","
          + "\"pool_id\":\"0a00000000000004d3000000000000000000000001\","
          + "\"model\":\"CS1000\","
          + "\"serial\":\"AC-100001\","
          + "\"version\":\"5.2.1.0-1-opt\","
          + "\"is_sfa\":false,"
          + "\"creation_time\":1577836800,"
          + "\"last_modified\":1577836800,"
          + "\"usage_valid\":true,"
          + "\"usable_capacity_bytes\":10995116277760,"
          + "\"usable_cache_capacity_bytes\":1099511627776,"
          + "\"raw_capacity_bytes\":17592186044416,"
          + "\"vol_usage_bytes\":1099511627776,"
          + "\"vol_usage_uncompressed_bytes\":2199023255552,"
          + "\"vol_compression\":2,"
          + "\"vol_saved_bytes\":1099511627776,"
          + "\"snap_usage_bytes\":1099511627776,"
          + "\"snap_usage_uncompressed_bytes\":2199023255552,"
          + "\"snap_compression\":2,"
          + "\"snap_space_reduction\":2,"
          + "\"snap_saved_bytes\":1099511627776,"
          + "\"pending_delete_bytes\":0,"
          + "\"available_bytes\":8796093022208,"
          + "\"usage\":2199023255552,"
          + "\"all_flash\":false,"
          + "\"dedupe_capacity_bytes\":10995116277760,"
          + "\"dedupe_usage_bytes\":2199023255552,"
          + "\"is_fully_dedupe_capable\":true,"
          + "\"extended_model\":\"CS1000-2P-12T-640F\","
          + "\"is_supported_hw_config\":true,"
          + "\"gig_nic_port_count\":2,"
          + "\"ten_gig_sfp_nic_port_count\":2,"
          + "\"ten_gig_t_nic_port_count\":2,"
          + "\"fc_port_count\":2,"
          + "\"model_sub_type\":\"none\"}";

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
  @Covers({"nimble.list-arrays-detail.answer", "nimble.list-arrays-detail.members"})
  void thereIsOneArray() {
    Answer list = world.get(ARRAYS);

    assertThat(list.status()).isEqualTo(200);
    assertThat(list.text())
        .isEqualTo("{\"data\":[" + ARRAY + "],\"startRow\":0,\"endRow\":1,\"totalRows\":1}");
  }

  @Test
  @Covers({"nimble.list-arrays-detail.answer", "nimble.common.fields"})
  void fieldsNameTheMembersOfTheArray() {
    assertThat(world.get(ARRAYS + "?fields=version").json().get("data").toString())
        .isEqualTo("[{\"version\":\"5.2.1.0-1-opt\"}]");
    assertError(
        world.get(ARRAYS + "?fields=version,nonsense"),
        400,
        "SM_invalid_query_param",
        "param",
        "fields",
        "value",
        "nonsense");
  }

  @Test
  @Covers("nimble.list-arrays-detail.answer")
  void theArrayIsToldToSessionsOfEveryRole() {
    Answer guest = world.call(world.logIn(world.newUser()), "GET", ARRAYS).send();

    assertThat(guest.status()).isEqualTo(200);
    assertThat(guest.text()).isEqualTo(world.get(ARRAYS).text());
    assertError(world.anonymous("GET", ARRAYS).send(), 401, "SM_auth");
  }

  @Test
  @Covers("nimble.list-arrays-detail.members")
  void whatClientsAskForAndDivideByIsThere() {
    assertThat(world.get(ARRAYS + "?fields=version,name,serial").json().get("data").toString())
        .isEqualTo(
            "[{\"version\":\"5.2.1.0-1-opt\",\"name\":\"roster\",\"serial\":\"AC-100001\"}]");
    world
        .get(ARRAYS)
        .json()
        .at("/data/0")
        .properties()
        .forEach(
            member -> {
              if (member.getValue().isNumber() && !member.getKey().startsWith("pending_")) {
                assertThat(member.getValue().longValue()).as(member.getKey()).isPositive();
              }
            });
  }

  @Test
  @Covers("nimble.list-arrays.rows")
  void theListWithoutDetailsHasIdAndName() {
    assertThat(world.get("/v1/arrays").text())
        .isEqualTo(
            "{\"data\":[{\"id\":\"%s\",\"name\":\"roster\"}],".formatted(ARRAY_ID)
                + "\"startRow\":0,\"endRow\":1,\"totalRows\":1}");
    assertThat(world.get("/v1/arrays?name=other").json().get("totalRows").intValue()).isZero();
    assertError(world.get("/v1/arrays?startRow=1"), 400, "SM_start_row_beyond_total_rows");
    assertThat(world.get("/v1/arrays?is_sfa%3E=1").text())
        .contains("SM_unsupported_query_operator");
    assertError(world.anonymous("GET", "/v1/arrays").send(), 401, "SM_auth");
  }

  @Test
  @Covers("nimble.read-array.answer")
  void theArrayIsReadByItsId() {
    String path = "/v1/arrays/" + ARRAY_ID;

    assertThat(world.get(path).text()).isEqualTo("{\"data\":" + ARRAY + "}");
    assertThat(world.get(path + "?fields=serial").text())
        .isEqualTo("{\"data\":{\"serial\":\"AC-100001\"}}");
    assertThat(world.get(path + "?fields=nonsense").text()).contains("SM_invalid_query_param");
    assertError(world.get("/v1/arrays/7"), 400, "SM_invalid_path_variable", "id", "7");
    assertError(
        world.get("/v1/arrays/" + NimbleWorld.NOBODY), 404, "SM_enoent", "id", NimbleWorld.NOBODY);
    assertError(world.anonymous("GET", path).send(), 401, "SM_auth");
  }
}

package dev.roster.check.batch;

import static dev.roster.check.batch.BatchService.assertError;
import static dev.roster.check.batch.BatchService.encoded;
import static dev.roster.check.batch.BatchService.httpDate;
import static dev.roster.check.batch.BatchService.newName;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.roster.testing.Answer;
import dev.roster.testing.Covers;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class PoolBehaviours {

  private static final String ANOTHER_TAG = "0x8D4123456789ABC";

  @RegisterExtension final BatchService batch = new BatchService();

  @Test
  @Covers("batch.add-pool.created")
  void newPoolIsAnsweredWithItsUrlAndTag() {
    String id = newName();

    Answer answer = batch.addPool(id);

    assertThat(answer.status()).isEqualTo(201);
    assertThat(answer.bytes()).isEmpty();
    assertThat(answer.header("Location").orElse("none")).endsWith("/pools/" + id);
    assertThat(answer.header("DataServiceId").orElse("none")).endsWith("/pools/" + id);
    assertThat(answer.header("ETag").orElse("none")).startsWith("0x");
    assertThat(answer.header("Last-Modified").orElse("none")).endsWith(" GMT");
  }

  @Test
  @Covers({"batch.add-pool.id-unique", "batch.add-pool.id-case-kept"})
  void idsAreFoundInAnyCaseAndKeepTheirs() {
    String id = newName() + "Ab";
    String upperCase = id.toUpperCase(Locale.ROOT);
    assertThat(batch.addPool(id).status()).isEqualTo(201);

    assertError(batch.addPool(upperCase), 409, "PoolExists");
    assertThat(batch.request("GET", "/pools/" + upperCase).send().json().path("id").asText())
        .isEqualTo(id);
  }

  @Test
  @Covers({
    "batch.add-pool.defaults",
    "batch.add-pool.vm-size-lower-case",
    "batch.add-pool.image-version"
  })
  void omittedPropertiesHaveDefaults() {
    JsonNode pool = batch.request("GET", batch.newPool()).send().json();

    assertThat(pool.path("resizeTimeout").asText()).isEqualTo("PT15M");
    assertThat(pool.path("enableAutoScale")).hasToString("false");
    assertThat(pool.path("enableInterNodeCommunication")).hasToString("false");
    assertThat(pool.path("taskSlotsPerNode")).hasToString("1");
    assertThat(pool.at("/taskSchedulingPolicy/nodeFillType").asText())
        .isEqualToIgnoringCase("spread");
    assertThat(pool.path("targetDedicatedNodes")).hasToString("0");
    assertThat(pool.path("targetLowPriorityNodes")).hasToString("0");
    assertThat(pool.path("vmSize").asText()).isEqualTo("standard_d2s_v3");
    assertThat(pool.at("/virtualMachineConfiguration/imageReference/version").asText())
        .isEqualTo("latest");
  }

  @Test
  @Covers("batch.get-pool.validators")
  void tagAndTimeStandInHeadersAndInTheBody() {
    Answer answer = batch.request("GET", batch.newPool()).send();

    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.header("ETag").orElse("none"))
        .doesNotContain("\"")
        .isEqualTo(answer.json().path("eTag").asText());
    assertThat(answer.header("Last-Modified"))
        .contains(
            httpDate(
                OffsetDateTime.parse(answer.json().path("lastModified").asText())
                    .toInstant()
                    .truncatedTo(ChronoUnit.SECONDS)));
  }

  @Test
  @Covers("batch.pool-exists.answer")
  void headTellsWhetherThereIsAPool() {
    String pool = batch.newPool();

    Answer present = batch.request("HEAD", pool).send();
    Answer absent = batch.request("HEAD", "/pools/" + newName()).send();

    assertThat(present.status()).isEqualTo(200);
    assertThat(present.header("ETag")).isPresent();
    assertThat(present.header("Last-Modified")).isPresent();
    assertThat(absent.status()).isEqualTo(404);
  }

  @Test
  @Covers("batch.get-pool.if-match")
  void anotherTagDoesNotMatch() {
    String pool = batch.newPool();

    assertError(get(pool, "If-Match", ANOTHER_TAG), 412, "ConditionNotMet");
    assertThat(get(pool, "If-Match", tag(pool)).status()).isEqualTo(200);
  }

  @Test
  @Covers("batch.get-pool.if-none-match")
  void presentTagIsNotModified() {
    String pool = batch.newPool();

    for (String method : List.of("GET", "HEAD")) {
      Answer same = batch.request(method, pool).header("If-None-Match", tag(pool)).send();
      assertThat(same.status()).as(method).isEqualTo(304);
      assertThat(same.bytes()).isEmpty();
    }
    assertThat(get(pool, "If-None-Match", ANOTHER_TAG).status()).isEqualTo(200);
  }

  @Test
  @Covers("batch.get-pool.if-modified-since")
  void unchangedSinceIsNotModified() {
    String pool = batch.newPool();
    Instant modified = modified(pool);

    Answer since = get(pool, "If-Modified-Since", httpDate(modified.plus(Duration.ofSeconds(1))));

    assertThat(since.status()).isEqualTo(304);
    assertThat(since.bytes()).isEmpty();
    assertThat(
            get(pool, "If-Modified-Since", httpDate(modified.minus(Duration.ofHours(1)))).status())
        .isEqualTo(200);
  }

  @Test
  @Covers("batch.get-pool.if-unmodified-since")
  void changedAfterwardsDoesNotMeetTheCondition() {
    String pool = batch.newPool();
    Instant modified = modified(pool);

    assertError(
        get(pool, "If-Unmodified-Since", httpDate(modified.minus(Duration.ofHours(1)))),
        412,
        "ConditionNotMet");
    assertThat(
            get(pool, "If-Unmodified-Since", httpDate(modified.plus(Duration.ofSeconds(1))))
                .status())
        .isEqualTo(200);
  }

  @Test
  @Covers("batch.get-pool.select")
  void poolShowsTheSelectedProperties() {
    Answer answer = batch.request("GET", batch.newPool() + "?$select=id,state").send();

    assertThat(answer.json().properties().stream().map(Map.Entry::getKey))
        .containsExactlyInAnyOrder("odata.metadata", "id", "state");
  }

  @Test
  @Covers({"batch.list-pools.metadata", "batch.list-pools.filter"})
  void poolsAreFilteredByTheirIds() {
    String pool = batch.newPool();
    String id = pool.substring("/pools/".length());

    Answer list = list("id eq '" + id + "'");

    assertThat(list.json().path("odata.metadata").asText()).endsWith("$metadata#pools");
    assertThat(ids(list)).containsExactly(id);
    assertThat(ids(list("startswith(id,'" + id.substring(0, id.length() - 1) + "')")))
        .containsExactly(id);
    assertThat(ids(list("id ge '" + id + "' and id le '" + id + "' and state eq 'active'")))
        .containsExactly(id);
    assertThat(ids(list("id eq '" + id + "' and enableAutoScale eq true"))).isEmpty();
  }

  @Test
  @Covers("batch.delete-pool.if-none-match")
  void deletionWithThePresentTagKeepsThePool() {
    String pool = batch.newPool();

    assertError(
        batch.request("DELETE", pool).header("If-None-Match", tag(pool)).send(),
        412,
        "ConditionNotMet");
    assertThat(batch.request("HEAD", pool).send().status()).isEqualTo(200);
  }

  @Test
  @Covers("batch.common.data-service-version")
  void deletionIsAccepted() {
    Answer answer = batch.request("DELETE", batch.newPool()).send();

    assertThat(answer.status()).isEqualTo(202);
    assertThat(answer.bytes()).isEmpty();
    assertThat(answer.header("DataServiceVersion")).contains("3.0");
  }

  private Answer get(String pool, String header, String value) {
    return batch.request("GET", pool).header(header, value).send();
  }

  private String tag(String pool) {
    return batch.request("HEAD", pool).send().header("ETag").orElse("none");
  }

  private Instant modified(String pool) {
    return OffsetDateTime.parse(
            batch.request("GET", pool).send().json().path("lastModified").asText())
        .toInstant();
  }

  private Answer list(String filter) {
    return batch.request("GET", "/pools?$filter=" + encoded(filter)).send();
  }

  private static List<String> ids(Answer list) {
    assertThat(list.status()).isEqualTo(200);
    List<String> ids = new ArrayList<>();
    list.json().path("value").forEach(pool -> ids.add(pool.path("id").asText()));
    return ids;
  }
}

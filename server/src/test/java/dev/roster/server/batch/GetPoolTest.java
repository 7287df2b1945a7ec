package dev.roster.server.batch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.roster.server.http.HttpDate;
import dev.roster.testing.Answer;
import dev.roster.testing.Call;
import dev.roster.testing.Covers;
import dev.roster.testing.DatabaseTestResource;
import dev.roster.testing.MutableClock;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
@WithTestResource(DatabaseTestResource.class)
class GetPoolTest {

  @Inject BatchWorld world;
  @Inject MutableClock clock;

  @AfterEach
  void resetClock() {
    clock.reset();
  }

  private static final String OTHER_TAG = "0x8DD098ACFC8E410";

  @Test
  @Covers("batch.get-pool.validators")
  void carriesItsTagUnquotedAndItsTimeInWholeSeconds() {
    Instant modified = clock.stop().plusMillis(789);
    clock.advance(Duration.ofMillis(789));
    String path = pool();

    Answer answer = world.call("GET", path).send();

    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.header("ETag")).contains(DotNetTicks.of(modified).toHex());
    assertThat(answer.json().get("eTag").asText()).isEqualTo(DotNetTicks.of(modified).toHex());
    assertThat(answer.json().get("lastModified").asText()).isEqualTo(modified.toString());
    assertThat(answer.header("Last-Modified")).contains(HttpDate.format(modified.minusMillis(789)));
    assertThat(answer.header("Content-Type")).contains("application/json;odata=minimalmetadata");
    assertThat(answer.json().get("odata.metadata").asText())
        .isEqualTo(world.origin() + "/$metadata#pools/@Element");
  }

  @Test
  @Covers("batch.pool-exists.answer")
  void headAnswersWithValidatorsForAPoolAndNotFoundForNone() {
    Instant now = clock.stop();
    String path = pool();

    Answer present = world.call("HEAD", path).send();
    Answer absent = world.call("HEAD", "/pools/absent").send();

    assertThat(present.status()).isEqualTo(200);
    assertThat(present.bytes()).isEmpty();
    assertThat(present.header("ETag")).contains(DotNetTicks.of(now).toHex());
    assertThat(present.header("Last-Modified")).contains(HttpDate.format(now));
    assertThat(absent.status()).isEqualTo(404);
    assertThat(absent.bytes()).isEmpty();
    assertThat(absent.header("ETag")).isEmpty();
  }

  @Test
  @Covers("batch.common.pool-unknown")
  void anUnknownPoolIsNotFoundWhateverTheConditions() {
    assertThat(Refusal.of(world.call("GET", "/pools/absent").send()))
        .isEqualTo(Refusal.of(404, "PoolNotFound"));
    assertThat(
            Refusal.of(
                world.call("GET", "/pools/absent").header("If-None-Match", OTHER_TAG).send()))
        .isEqualTo(Refusal.of(404, "PoolNotFound"));
  }

  @Test
  @Covers("batch.get-pool.if-match")
  void anotherTagDoesNotMatch() {
    String path = pool();

    assertThat(Refusal.of(get(path, "If-Match", OTHER_TAG)))
        .isEqualTo(Refusal.of(412, "ConditionNotMet"));
    assertThat(world.call("HEAD", path).header("If-Match", OTHER_TAG).send().status())
        .isEqualTo(412);
    assertThat(get(path, "If-Match", tag(path)).status()).isEqualTo(200);
    assertThat(get(path, "If-Match", "*").status()).isEqualTo(200);
    assertThat(get(path, "If-Match", OTHER_TAG + ", " + tag(path)).status()).isEqualTo(200);
  }

  @ParameterizedTest
  @ValueSource(strings = {"GET", "HEAD"})
  @Covers("batch.get-pool.if-none-match")
  void thePresentTagIsNotModified(String method) {
    String path = pool();

    Answer same = world.call(method, path).header("If-None-Match", tag(path)).send();
    Answer any = world.call(method, path).header("If-None-Match", "*").send();
    Answer other = world.call(method, path).header("If-None-Match", OTHER_TAG).send();

    assertThat(same.status()).isEqualTo(304);
    assertThat(same.bytes()).isEmpty();
    assertThat(any.status()).isEqualTo(304);
    assertThat(other.status()).isEqualTo(200);
  }

  @ParameterizedTest
  @CsvSource({"-1, 200", "0, 304", "1, 304"})
  @Covers("batch.get-pool.if-modified-since")
  void unchangedSinceIsNotModified(int secondsAfter, int status) {
    Instant now = clock.stop();
    clock.advance(Duration.ofMillis(500));
    String path = pool();
    String date = HttpDate.format(now.plusSeconds(secondsAfter));

    Answer answer = get(path, "If-Modified-Since", date);

    assertThat(answer.status()).isEqualTo(status);
    assertThat(answer.bytes().length == 0).isEqualTo(status == 304);
    assertThat(world.call("HEAD", path).header("If-Modified-Since", date).send().status())
        .isEqualTo(status);
  }

  @ParameterizedTest
  @CsvSource({"-1, 412", "0, 200", "1, 200"})
  @Covers("batch.get-pool.if-unmodified-since")
  void changedAfterwardsDoesNotMeetTheCondition(int secondsAfter, int status) {
    Instant now = clock.stop();
    clock.advance(Duration.ofMillis(500));
    String path = pool();
    String date = HttpDate.format(now.plusSeconds(secondsAfter));

    Answer answer = get(path, "If-Unmodified-Since", date);

    assertThat(answer.status()).isEqualTo(status);
    if (status == 412) {
      assertThat(Refusal.of(answer)).isEqualTo(Refusal.of(412, "ConditionNotMet"));
    }
    assertThat(world.call("HEAD", path).header("If-Unmodified-Since", date).send().status())
        .isEqualTo(status);
  }

  @Test
  void aTagOutranksTheDateBesideIt() {
    Instant now = clock.stop();
    String path = pool();

    Answer answer =
        world
            .call("GET", path)
            .header("If-None-Match", OTHER_TAG)
            .header("If-Modified-Since", HttpDate.format(now))
            .send();

    assertThat(answer.status()).isEqualTo(200);
  }

  @ParameterizedTest
  @CsvSource({
    "GET, If-Modified-Since",
    "GET, If-Unmodified-Since",
    "DELETE, If-Modified-Since",
    "DELETE, If-Unmodified-Since"
  })
  @Covers("batch.get-pool.condition-date-invalid")
  void refusesDatesThatAreNone(String method, String header) {
    String path = pool();

    for (String date : List.of("yesterday", "2024-01-01T00:00:00Z", "5")) {
      assertThat(Refusal.of(world.call(method, path).header(header, date).send()))
          .isEqualTo(
              new Refusal(
                  400, "InvalidHeaderValue", Map.of("HeaderName", header, "HeaderValue", date)));
    }
    assertThat(world.call("HEAD", path).header(header, "yesterday").send().status()).isEqualTo(400);
  }

  @ParameterizedTest
  @ValueSource(strings = {"GET", "DELETE"})
  @Covers("batch.get-pool.both-conditions")
  void refusesBothConditionsTogether(String method) {
    String path = pool();

    Call call =
        world.call(method, path).header("If-Match", tag(path)).header("If-None-Match", OTHER_TAG);

    assertThat(Refusal.of(call.send()))
        .isEqualTo(Refusal.of(400, "MultipleConditionHeadersNotSupported"));
    assertThat(world.call("HEAD", path).send().status()).isEqualTo(200);
  }

  @Test
  @Covers("batch.get-pool.quoted-tags")
  void takesTagsInQuotes() {
    String path = pool();
    String quoted = "\"" + tag(path) + "\"";

    assertThat(get(path, "If-Match", quoted).status()).isEqualTo(200);
    assertThat(get(path, "If-Match", "\"" + OTHER_TAG + "\"").status()).isEqualTo(412);
    assertThat(get(path, "If-None-Match", quoted).status()).isEqualTo(304);
    assertThat(get(path, "If-None-Match", "W/" + quoted).status()).isEqualTo(304);
    assertThat(get(path, "If-None-Match", "\"\"").status()).isEqualTo(200);
    assertThat(get(path, "If-None-Match", "\"").status()).isEqualTo(200);
    assertThat(get(path, "If-None-Match", "\"x\", " + quoted).status()).isEqualTo(304);
  }

  @Test
  @Covers("batch.get-pool.select")
  void showsTheSelectedPropertiesAndTheMetadata() {
    String path = pool();

    Answer answer = world.call("GET", Listings.path(path, "$select", "state, id,unknown")).send();

    assertThat(answer.json().properties().stream().map(Map.Entry::getKey))
        .containsExactlyInAnyOrder("odata.metadata", "id", "state");
    assertThat(answer.json().get("state").asText()).isEqualTo("active");
    assertThat(path).isEqualTo("/pools/" + answer.json().get("id").asText());
  }

  @Test
  @Covers("batch.get-pool.select")
  void refusesAnEmptySelection() {
    assertThat(Refusal.of(world.call("GET", Listings.path(pool(), "$select", "id,")).send()))
        .isEqualTo(
            new Refusal(
                400,
                "InvalidQueryParameterValue",
                Map.of(
                    "QueryParameterName", "$select",
                    "QueryParameterValue", "id,",
                    "Reason", "At position 4, the name of a property is missing.")));
  }

  @Test
  @Covers("batch.get-pool.expand")
  void expandsStatisticsToNothingAndRefusesTheRest() {
    String path = pool();

    assertThat(world.call("GET", Listings.path(path, "$expand", "stats")).send().json())
        .isEqualTo(world.call("GET", path).send().json());
    assertThat(Refusal.of(world.call("GET", Listings.path(path, "$expand", "nodes")).send()))
        .isEqualTo(
            new Refusal(
                400,
                "InvalidQueryParameterValue",
                Map.of(
                    "QueryParameterName", "$expand",
                    "QueryParameterValue", "nodes",
                    "Reason", "The only value is stats.")));
  }

  private String pool() {
    return "/pools/" + world.linuxNode().poolId();
  }

  private String tag(String path) {
    return world.call("HEAD", path).send().header("ETag").orElseThrow();
  }

  private Answer get(String path, String header, String value) {
    return world.call("GET", path).header(header, value).send();
  }
}

package dev.roster.server.contract;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.roster.testing.Answer;
import dev.roster.testing.Call;
import dev.roster.testing.DatabaseTestResource;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.vertx.http.HttpServer;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The report of a server whose tests still run: the contracts alone. */
@QuarkusTest
@WithTestResource(DatabaseTestResource.class)
class CoverageResourceTest {

  private static final String PAGE = "/roster/coverage";
  private static final String DATA = "/roster/coverage.json";
  private static final Pattern TOTAL =
      Pattern.compile("id=\"total-([a-z]+)\" data-value=\"(\\d+)\"");

  @Inject HttpServer http;

  private Call call(String method, String target) {
    return Call.ofNoApi("http://localhost:" + http.getPort(), method, target);
  }

  private static int occurrences(String text, String part) {
    return text.split(Pattern.quote(part), -1).length - 1;
  }

  @Test
  void pageHasTheTotalsOfTheData() {
    JsonNode totals = call("GET", DATA).send().json().get("totals");
    Map<String, Integer> expected = new HashMap<>();
    expected.put("rules", totals.get("rules").asInt());
    expected.put("operations", totals.get("operations").asInt());
    totals
        .get("evidence")
        .fields()
        .forEachRemaining(kind -> expected.put(kind.getKey(), kind.getValue().asInt()));

    Map<String, Integer> shown = new HashMap<>();
    Matcher total = TOTAL.matcher(call("GET", PAGE).send().text());
    while (total.find()) {
      shown.put(total.group(1), Integer.valueOf(total.group(2)));
    }

    assertThat(shown).isEqualTo(expected);
  }

  @Test
  void bothListEveryRuleOfThePackageOnce() throws Exception {
    JsonNode index =
        new ObjectMapper().readTree(getClass().getResourceAsStream("/roster/rules.json"));
    String page = call("GET", PAGE).send().text();
    JsonNode report = call("GET", DATA).send().json();

    List<String> ids = index.findValuesAsText("id");
    assertThat(ids).isNotEmpty();
    assertThat(report.get("apis").findValuesAsText("id")).isEqualTo(ids);
    assertThat(report.get("totals").get("rules").asInt()).isEqualTo(ids.size());
    assertThat(occurrences(page, "<li class=\"rule\"")).isEqualTo(ids.size());
    for (String id : ids) {
      assertThat(occurrences(page, "<li class=\"rule\" id=\"" + id + "\"")).as(id).isEqualTo(1);
    }
  }

  @Test
  void withoutTestsNothingIsClaimed() {
    JsonNode report = call("GET", DATA).send().json();
    String page = call("GET", PAGE).send().text();

    assertThat(report.get("tested").asBoolean()).isFalse();
    assertThat(report.get("build").isNull()).isTrue();
    assertThat(report.get("totals").get("proved").asInt()).isZero();
    assertThat(report.get("totals").get("tests").asInt()).isZero();
    assertThat(report.get("totals").get("interactions").asInt()).isZero();
    assertThat(page)
        .contains("The tests were not run with this build.", "mvn verify")
        .doesNotContain("total-proved", "class=\"tests\"");
  }

  @Test
  void pageRunsItsOwnStyleAndScriptAndNothingElse() throws Exception {
    Answer page = call("GET", PAGE).send();

    assertThat(page.status()).isEqualTo(200);
    assertThat(page.header("Content-Type")).contains("text/html;charset=utf-8");
    assertThat(page.header("X-Content-Type-Options")).contains("nosniff");
    assertThat(page.header("Content-Security-Policy"))
        .contains(
            "default-src 'none'; style-src '%s'; script-src '%s'; base-uri 'none';"
                    .formatted(hash(page.text(), "style"), hash(page.text(), "script"))
                + " form-action 'none'; frame-ancestors 'none'");
    assertThat(occurrences(page.text(), "<style")).isEqualTo(1);
    assertThat(occurrences(page.text(), "<script")).isEqualTo(1);
    assertThat(page.text()).doesNotContain(" src=", " style=", "<link", "@import", "url(");
  }

  private static String hash(String page, String element) throws Exception {
    Matcher content =
        Pattern.compile("<" + element + ">(.*)</" + element + ">", Pattern.DOTALL).matcher(page);
    assertThat(content.find()).isTrue();
    byte[] digest =
        MessageDigest.getInstance("SHA-256")
            .digest(content.group(1).getBytes(StandardCharsets.UTF_8));
    return "sha256-" + Base64.getEncoder().encodeToString(digest);
  }

  @Test
  void dataIsJsonThatNobodyTakesForSomethingElse() {
    Answer data = call("GET", DATA).send();

    assertThat(data.status()).isEqualTo(200);
    assertThat(data.header("Content-Type")).contains("application/json;charset=UTF-8");
    assertThat(data.header("X-Content-Type-Options")).contains("nosniff");
    assertThat(data.json().get("roster").asText()).isEqualTo("0.1.0");
  }

  @ParameterizedTest
  @ValueSource(strings = {PAGE, DATA})
  void whoHasItAlreadyIsToldSo(String target) {
    Answer first = call("GET", target).send();
    String tag = first.header("ETag").orElseThrow();

    Answer again = call("GET", target).header("If-None-Match", tag).send();

    assertThat(first.header("Cache-Control")).contains("no-cache");
    assertThat(again.status()).isEqualTo(304);
    assertThat(again.bytes()).isEmpty();
    assertThat(again.header("ETag")).contains(tag);
    assertThat(call("GET", target).header("If-None-Match", "\"other\"").send().status())
        .isEqualTo(200);
  }

  @ParameterizedTest
  @ValueSource(strings = {PAGE, DATA})
  void headAnswersAsGetDoesWithoutBody(String target) {
    Answer get = call("GET", target).send();
    Answer head = call("HEAD", target).send();

    assertThat(head.status()).isEqualTo(200);
    assertThat(head.bytes()).isEmpty();
    for (String header : List.of("Content-Type", "ETag", "X-Content-Type-Options")) {
      assertThat(head.header(header)).as(header).isPresent().isEqualTo(get.header(header));
    }
  }

  @ParameterizedTest
  @CsvSource({
    "POST, " + PAGE,
    "PUT, " + PAGE,
    "PATCH, " + PAGE,
    "DELETE, " + PAGE,
    "POST, " + DATA,
    "PUT, " + DATA,
    "PATCH, " + DATA,
    "DELETE, " + DATA
  })
  void otherVerbsAreRefused(String method, String target) {
    Answer answer = call(method, target).send();

    assertThat(answer.status()).isEqualTo(405);
    assertThat(answer.json().get("code").asText()).isEqualTo("WRONG_METHOD");
  }

  @ParameterizedTest
  @ValueSource(strings = {PAGE, DATA})
  void verbsAreTold(String target) {
    assertThat(call("OPTIONS", target).send().header("Allow")).contains("HEAD, GET, OPTIONS");
  }
}

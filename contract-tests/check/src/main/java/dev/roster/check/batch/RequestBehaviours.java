package dev.roster.check.batch;

import static dev.roster.check.batch.BatchService.VERSION;
import static dev.roster.check.batch.BatchService.assertError;
import static dev.roster.check.batch.BatchService.assertRequestId;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import com.fasterxml.jackson.databind.JsonNode;
import dev.roster.check.Api;
import dev.roster.check.ContractIndex;
import dev.roster.check.batch.BatchService.Node;
import dev.roster.testing.Answer;
import dev.roster.testing.Covers;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class RequestBehaviours {

  @RegisterExtension final BatchService batch = new BatchService();

  @Test
  @Covers("batch.common.api-version-missing")
  void versionIsRequiredEvenBeforeCredentials() {
    assertThat(
            assertError(
                batch.anonymous("GET", "/pools").send(), 400, "MissingRequiredQueryParameter"))
        .contains(entry("QueryParameterName", "api-version"));
  }

  @Test
  @Covers("batch.common.authorization-missing")
  void credentialsAreRequired() {
    assertThat(
            assertError(
                batch.anonymous("GET", "/pools?" + VERSION).send(), 400, "MissingRequiredHeader"))
        .contains(entry("HeaderName", "Authorization"));
  }

  @Test
  @Covers("batch.common.api-versions-accepted")
  void everySupportedVersionIsAccepted() {
    for (String version : ContractIndex.of(Api.AZURE_BATCH).versions()) {
      Answer answer = batch.requestOf(version, "GET", "/pools?maxresults=1").send();
      assertThat(answer.status()).as("with api-version " + version).isEqualTo(200);
    }
  }

  @Test
  @Covers("batch.common.client-request-id-echo")
  void ownIdComesBackOnlyWhenAskedFor() {
    String id = UUID.randomUUID().toString();

    Answer asked =
        batch
            .request("GET", "/pools?maxresults=1")
            .header("client-request-id", id)
            .header("return-client-request-id", "true")
            .send();
    Answer error =
        batch
            .request("GET", "/pools/" + BatchService.newName())
            .header("client-request-id", id)
            .header("return-client-request-id", "true")
            .send();
    Answer unasked =
        batch.request("GET", "/pools?maxresults=1").header("client-request-id", id).send();

    assertThat(asked.header("client-request-id")).contains(id);
    assertThat(error.header("client-request-id")).contains(id);
    assertThat(unasked.header("client-request-id")).isEmpty();
  }

  @Test
  @Covers("batch.common.request-id")
  void everyAnswerHasAnIdOfItsOwn() {
    Answer one = batch.request("GET", "/pools?maxresults=1").send();
    Answer other = batch.request("GET", "/pools/" + BatchService.newName()).send();

    assertRequestId(one);
    assertRequestId(other);
    assertThat(one.header("request-id")).isNotEqualTo(other.header("request-id"));
  }

  @Test
  @Covers("batch.common.data-service-version")
  void everyAnswerTellsTheVersionOfOData() {
    assertThat(batch.request("GET", "/pools?maxresults=1").send().header("DataServiceVersion"))
        .contains("3.0");
    assertThat(
            batch
                .request("GET", "/pools/" + BatchService.newName())
                .send()
                .header("DataServiceVersion"))
        .contains("3.0");
  }

  @Test
  @Covers({
    "batch.common.error-body",
    "batch.common.error-values-omitted",
    "batch.common.error-content-type",
    "batch.common.pool-unknown"
  })
  void errorHasItsFormAndTellsWhichRequestItWas() {
    Answer answer = batch.request("GET", "/pools/" + BatchService.newName()).send();

    assertError(answer, 404, "PoolNotFound");
    assertThat(answer.header("Content-Type")).contains("application/json;odata=minimalmetadata");
    JsonNode body = answer.json();
    assertThat(body.fieldNames()).toIterable().containsExactly("odata.metadata", "code", "message");
    assertThat(body.at("/message/lang").asText()).isEqualTo("en-US");
    assertThat(body.at("/message/value").asText())
        .matches(
            "[^\\n]+\\nRequestId:"
                + answer.header("request-id").orElse("none")
                + "\\nTime:\\d{4}-\\d{2}-\\d{2}T\\d{2}:\\d{2}:\\d{2}\\.\\d+Z");
  }

  @Test
  @Covers("batch.common.node-unknown")
  void unknownNodeOfAKnownPoolIsNotFound() {
    Node node = batch.node();

    assertError(
        batch.request("GET", node.pool() + "/nodes/" + BatchService.newName()).send(),
        404,
        "NodeNotFound");
  }

  @Test
  @Covers("batch.common.user-unknown")
  void unknownUserOfAKnownNodeIsNotFound() {
    Node node = batch.node();

    assertError(
        batch.request("DELETE", node.user(BatchService.newName())).send(), 404, "NodeUserNotFound");
  }

  @Test
  @Covers("batch.common.timeout-clamped")
  void timeoutAboveThirtySecondsIsTaken() {
    assertThat(batch.request("GET", "/pools?maxresults=1&timeout=31").send().status())
        .isEqualTo(200);
  }

  @Test
  @Covers("batch.common.content-type-parameters")
  void parametersOfTheMediaTypeDoNotMatter() {
    Node node = batch.node();
    String name = batch.newUser(node);

    for (String type :
        List.of(
            "application/json",
            "application/json; charset=utf-8",
            "application/json; odata=minimalmetadata; charset=utf-8")) {
      Answer answer = batch.update(node, name, "{}").header("Content-Type", type).send();
      assertThat(answer.status()).as("with " + type).isEqualTo(200);
    }
  }

  @Test
  @Covers("batch.common.content-type-bodyless")
  void contentTypeWithoutBodyIsIgnored() {
    Node node = batch.node();
    String name = batch.newUser(node);

    assertThat(
            batch
                .request("GET", node.path())
                .header("Content-Type", "application/json; charset=utf-8")
                .send()
                .status())
        .isEqualTo(200);
    assertThat(
            batch
                .request("DELETE", node.user(name))
                .header("Content-Type", "application/json; charset=utf-8")
                .send()
                .status())
        .isEqualTo(200);
  }

  @Test
  @Covers("batch.common.accept-ignored")
  void acceptIsIgnored() {
    Answer answer =
        batch.request("GET", "/pools?maxresults=1").header("Accept", "text/plain").send();

    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.header("Content-Type").orElse("")).startsWith("application/json");
  }

  @Test
  @Covers("batch.common.no-server-errors")
  void brokenRequestsAreTheCallersFault() {
    Node node = batch.node();
    String name = batch.newUser(node);

    for (String body : List.of("", "{", "[]", "\"text\"", "{\"password\": {}}")) {
      Answer answer = batch.update(node, name, body).send();
      assertThat(answer.status()).as("status for the body " + body).isBetween(400, 499);
    }
  }
}

package dev.roster.check.batch;

import static dev.roster.check.batch.BatchService.assertError;
import static dev.roster.check.batch.BatchService.assertRequestId;
import static dev.roster.check.batch.BatchService.newName;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.roster.check.batch.BatchService.Node;
import dev.roster.check.replay.ReplayFixture;
import dev.roster.testing.Answer;
import dev.roster.testing.Covers;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class UpdateUserBehaviours {

  @RegisterExtension final BatchService batch = new BatchService();

  @Test
  @Covers({"batch.update-user.answer", "batch.update-user.media-type"})
  void documentedRequestIsAnsweredWithoutBody() {
    Node node = batch.node();
    String name = batch.newUser(node);

    Answer answer =
        batch
            .update(
                node,
                name,
                "{\"password\": \"12345\", \"expiryTime\": \"2016-11-27T00:45:48.7320857Z\"}")
            .send();

    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.bytes()).isEmpty();
    assertThat(answer.header("DataServiceId").orElse("none")).endsWith(node.user(name));
    assertThat(answer.header("Location")).isEmpty();
    assertThat(answer.header("ETag")).isEmpty();
    assertThat(answer.header("Last-Modified")).isEmpty();
  }

  @Test
  @Covers("batch.update-user.linux-password-and-key")
  void passwordAndKeyAreSetTogetherOnLinux() {
    Node node = batch.node();
    String name = batch.newUser(node);

    Answer answer =
        batch
            .update(
                node,
                name,
                "{\"password\": \"Passw0rd!\", \"sshPublicKey\": \"ssh-rsa AAAAB3NzaC1yc2E= x\"}")
            .send();

    assertThat(answer.status()).isEqualTo(200);
  }

  @Test
  @Covers("batch.update-user.empty-object")
  void emptyObjectIsAnUpdate() {
    Node node = batch.node();
    String name = batch.newUser(node);

    assertThat(batch.update(node, name, "{}").send().status()).isEqualTo(200);
  }

  @Test
  @Covers("batch.update-user.expiry-formats")
  void expiryHasUpToSevenDigitsAndZOrAnOffset() {
    Node node = batch.node();
    String name = batch.newUser(node);

    for (String time :
        List.of(
            "2099-01-02T03:04:05Z",
            "2099-01-02T03:04:05.6789012Z",
            "2099-01-02T03:04:05.67+02:00")) {
      Answer answer = batch.update(node, name, "{\"expiryTime\": \"" + time + "\"}").send();
      assertThat(answer.status()).as("with expiryTime " + time).isEqualTo(200);
    }
  }

  @Test
  @Covers("batch.update-user.user-unknown")
  void unknownUserIsNotCreated() {
    Node node = batch.node();
    String name = newName();

    assertError(batch.update(node, name, "{}").send(), 404, "NodeUserNotFound");
    assertError(batch.update(node, name, "{}").send(), 404, "NodeUserNotFound");
    assertThat(batch.addUser(node, name, "").status()).isEqualTo(201);
  }

  @Test
  @Covers("batch.update-user.path-required")
  void eachPartOfThePathCounts() {
    Node node = batch.node();
    String name = batch.newUser(node);

    assertError(
        batch.update(new Node(newName(), node.id()), name, "{}").send(), 404, "PoolNotFound");
    assertError(
        batch.update(new Node(node.poolId(), newName()), name, "{}").send(), 404, "NodeNotFound");
    assertError(batch.update(node, newName(), "{}").send(), 404, "NodeUserNotFound");
  }

  @Test
  @Covers("batch.update-user.api-version-required")
  void versionIsRequired() {
    assertError(
        batch.anonymous("PUT", batch.node().user(newName())).json("{}").send(),
        400,
        "MissingRequiredQueryParameter");
  }

  @Test
  @Covers("batch.update-user.return-client-request-id")
  void ownIdComesBackOnlyWhenAskedFor() {
    Node node = batch.node();
    String name = batch.newUser(node);
    String id = UUID.randomUUID().toString();

    Answer asked =
        batch
            .update(node, name, "{}")
            .header("client-request-id", id)
            .header("return-client-request-id", "true")
            .send();
    Answer unasked =
        batch
            .update(node, name, "{}")
            .header("client-request-id", id)
            .header("return-client-request-id", "false")
            .send();

    assertThat(asked.header("client-request-id")).contains(id);
    assertThat(unasked.status()).isEqualTo(200);
    assertThat(unasked.header("client-request-id")).isEmpty();
  }

  @Test
  @Covers({"batch.update-user.ocp-date", "batch.update-user.request-id"})
  void timeMayBeStated() {
    Node node = batch.node();
    String name = batch.newUser(node);

    Answer answer =
        batch
            .update(node, name, "{}")
            .header("ocp-date", BatchService.httpDate(ReplayFixture.now()))
            .send();

    assertThat(answer.status()).isEqualTo(200);
    assertRequestId(answer);
  }

  @Test
  @Covers("batch.update-user.errors")
  void errorHasCodeAndMessage() {
    Answer answer = batch.update(batch.node(), newName(), "{}").send();

    assertError(answer, 404, "NodeUserNotFound");
    JsonNode message = answer.json().path("message");
    assertThat(message.path("lang").asText()).isEqualTo("en-US");
    assertThat(message.path("value").asText()).contains("\nRequestId:", "\nTime:");
  }

  @Test
  @Covers("batch.update-user.windows-needs-password")
  void passwordIsRequiredOnWindows() {
    Node node = batch.windowsNode();
    String name = newName();
    assertThat(batch.addUser(node, name, ", \"password\": \"Passw0rd-91\"").status())
        .isEqualTo(201);

    Answer answer = batch.update(node, name, "{}").send();

    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.json().path("code").asText()).isNotBlank();
    assertThat(batch.update(node, name, "{\"password\": \"Passw0rd-92\"}").send().status())
        .isEqualTo(200);
  }

  @Test
  @Covers("batch.update-user.key-on-windows")
  void keyIsRefusedOnWindows() {
    Node node = batch.windowsNode();
    String name = newName();
    assertThat(batch.addUser(node, name, ", \"password\": \"Passw0rd-91\"").status())
        .isEqualTo(201);

    Answer answer =
        batch
            .update(
                node,
                name,
                "{\"password\": \"Passw0rd-92\", \"sshPublicKey\": \"ssh-rsa AAAAB3NzaC1yc2E= x\"}")
            .send();

    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.json().path("code").asText()).isNotBlank();
  }
}

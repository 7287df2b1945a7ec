package dev.roster.check.batch;

import static dev.roster.check.batch.BatchService.assertError;
import static dev.roster.check.batch.BatchService.assertRequestId;
import static dev.roster.check.batch.BatchService.newName;
import static org.assertj.core.api.Assertions.assertThat;

import dev.roster.check.batch.BatchService.Node;
import dev.roster.testing.Answer;
import dev.roster.testing.Covers;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class AddUserBehaviours {

  @RegisterExtension final BatchService batch = new BatchService();

  @Test
  @Covers({"batch.add-user.created", "batch.common.user-operations-allowed"})
  void newUserIsAnsweredWithItsUrl() {
    Node node = batch.node();
    String name = newName();

    Answer answer = batch.addUser(node, name, "");

    assertThat(answer.status()).isEqualTo(201);
    assertThat(answer.bytes()).isEmpty();
    assertThat(answer.header("Location").orElse("none")).endsWith(node.user(name));
    assertThat(answer.header("DataServiceId")).isEqualTo(answer.header("Location"));
    assertThat(answer.header("ETag")).isEmpty();
    assertThat(answer.header("Last-Modified")).isEmpty();
    assertRequestId(answer);
  }

  @Test
  @Covers("batch.add-user.exists")
  void nameOnTheNodeIsAConflict() {
    Node node = batch.node();
    String name = batch.newUser(node);

    assertError(batch.addUser(node, name, ""), 409, "NodeUserExists");
  }

  @Test
  @Covers("batch.add-user.past-expiry")
  void expiryMayBeInThePast() {
    Answer answer =
        batch.addUser(
            batch.node(), newName(), ", \"expiryTime\": \"2016-11-27T00:45:48.7320857Z\"");

    assertThat(answer.status()).isEqualTo(201);
  }

  @Test
  @Covers("batch.add-user.expiry-formats")
  void expiryHasUpToSevenDigitsAndZOrAnOffset() {
    Node node = batch.node();

    for (String time :
        List.of(
            "2099-01-02T03:04:05Z",
            "2099-01-02T03:04:05.6Z",
            "2099-01-02T03:04:05.6789012Z",
            "2099-01-02T03:04:05+02:00",
            "2099-01-02T03:04:05.678-05:30")) {
      Answer answer = batch.addUser(node, newName(), ", \"expiryTime\": \"" + time + "\"");
      assertThat(answer.status()).as("with expiryTime " + time).isEqualTo(201);
    }
  }

  @Test
  @Covers("batch.add-user.key-unchecked")
  void formOfAKeyIsNotChecked() {
    Answer answer = batch.addUser(batch.node(), newName(), ", \"sshPublicKey\": \"base64==\"");

    assertThat(answer.status()).isEqualTo(201);
  }

  @Test
  @Covers("batch.add-user.special-names")
  void namesMayNeedEscapes() {
    Node node = batch.node();

    for (String name :
        List.of(newName() + " x", newName() + "+x", newName() + "/x", newName() + "\u00e9")) {
      assertThat(batch.addUser(node, name, "").status()).as("adding " + name).isEqualTo(201);
      assertThat(batch.update(node, name, "{}").send().status())
          .as("updating " + name)
          .isEqualTo(200);
      assertThat(batch.request("DELETE", node.user(name)).send().status())
          .as("deleting " + name)
          .isEqualTo(200);
    }
  }
}

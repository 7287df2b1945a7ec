package dev.roster.check.nimble;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.roster.testing.Answer;
import dev.roster.testing.Covers;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class ArrayBehaviours {

  @RegisterExtension final NimbleArray array = new NimbleArray();

  @Test
  @Covers({"nimble.list-versions.answer", "nimble.list-versions-v1.answer"})
  void versionsAreToldWithoutASession() {
    Answer versions = array.anonymous("GET", "/versions").send();

    assertThat(NimbleArray.values(versions, "name")).containsExactly("v1");
    assertThat(array.anonymous("GET", "/v1/versions").send().json()).isEqualTo(versions.json());
  }

  @Test
  @Covers({"nimble.list-versions-detail.answer", "nimble.list-versions-detail-v1.answer"})
  void versionsTellTheRelease() {
    Answer versions = array.anonymous("GET", "/versions/detail").send();

    assertThat(NimbleArray.values(versions, "name")).containsExactly("v1");
    assertThat(versions.json().at("/data/0/software_version").asText())
        .matches("\\d+\\.\\d+\\.\\d+\\.\\d+.*");
    assertThat(array.anonymous("GET", "/v1/versions/detail").send().json())
        .isEqualTo(versions.json());
  }

  @Test
  @Covers("nimble.list-arrays-detail.answer")
  void arrayTellsItsNameAndRelease() {
    Answer answer = array.request("GET", "/v1/arrays/detail?fields=id,name,version").send();

    assertThat(answer.status()).isEqualTo(200);
    JsonNode row = answer.json().at("/data/0");
    assertThat(row.get("id").asText()).matches("[0-9a-f]{42}");
    assertThat(row.get("name").asText()).isNotBlank();
    assertThat(row.get("version").asText()).matches("\\d+\\.\\d+\\.\\d+\\.\\d+.*");
  }
}

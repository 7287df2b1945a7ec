package dev.roster.recorded;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.roster.testing.Answer;
import dev.roster.testing.Contract;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What the server answered to the vendors' SDKs, which take more than their contracts allow. */
class RecordedAnswersIT {

  private static final ObjectMapper JSON = new ObjectMapper();

  static Stream<Arguments> apis() {
    return Stream.of(
        Arguments.of("azure-batch", Contract.AZURE_BATCH),
        Arguments.of("azure-api-management", Contract.AZURE_API_MANAGEMENT));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("apis")
  void everyAnswerToSdkKeepsToItsContract(String api, Contract contract) throws IOException {
    Path file = Path.of(System.getProperty("testing.recorded-answers"), api + ".jsonl");
    List<String> recorded = Files.readAllLines(file);

    assertThat(recorded).isNotEmpty();
    for (String line : recorded) {
      JsonNode answer = JSON.readTree(line);
      contract.check(
          answer.get("method").textValue(),
          answer.get("path").textValue(),
          new Answer(
              answer.get("status").intValue(),
              JSON.convertValue(
                  answer.get("headers"), new TypeReference<Map<String, List<String>>>() {}),
              answer.get("body").binaryValue()));
    }
  }
}

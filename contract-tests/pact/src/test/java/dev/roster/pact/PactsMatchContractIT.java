package dev.roster.pact;

import static org.assertj.core.api.Assertions.assertThat;

import au.com.dius.pact.core.model.IRequest;
import au.com.dius.pact.core.model.IResponse;
import au.com.dius.pact.core.model.OptionalBody;
import au.com.dius.pact.core.model.SynchronousRequestResponse;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** The pacts say nothing that their contracts do not allow. */
class PactsMatchContractIT {

  static Stream<Arguments> interactions() {
    return Stream.of(ProvenApi.values())
        .flatMap(
            api ->
                Pacts.interactionsWith(api).stream()
                    .map(
                        interaction ->
                            Arguments.of(api, interaction.getDescription(), interaction)));
  }

  /** A request may break the contract only to be refused for it, so only with a 4xx answer. */
  @ParameterizedTest(name = "{0}: {1}")
  @MethodSource("interactions")
  void requestMatchesContractOrIsRefused(
      ProvenApi api, String description, SynchronousRequestResponse interaction) {
    IRequest request = interaction.getRequest();
    int status = interaction.getResponse().getStatus();

    List<String> faults =
        api.contract()
            .faultsOfRequest(
                request.getMethod(),
                request.getPath(),
                query(request.getQuery()),
                request.getHeaders(),
                bytes(request.getBody()));

    if (status / 100 != 4) {
      assertThat(faults).as(description).isEmpty();
    }
  }

  @ParameterizedTest(name = "{0}: {1}")
  @MethodSource("interactions")
  void answerMatchesContract(
      ProvenApi api, String description, SynchronousRequestResponse interaction) {
    IResponse response = interaction.getResponse();

    List<String> faults =
        api.contract()
            .faultsOfResponse(
                interaction.getRequest().getMethod(),
                interaction.getRequest().getPath(),
                response.getStatus(),
                response.getHeaders(),
                bytes(response.getBody()));

    assertThat(faults).as(description).isEmpty();
  }

  @ParameterizedTest
  @EnumSource
  void pactHoldsNoSecret(ProvenApi api) throws IOException {
    Set<String> passwords = new HashSet<>();
    Set<String> credentials = new HashSet<>();
    for (SynchronousRequestResponse interaction : Pacts.interactionsWith(api)) {
      IRequest request = interaction.getRequest();
      JsonNode body = new ObjectMapper().readTree(bytes(request.getBody()));
      passwords.addAll(body.findValuesAsText("password"));
      passwords.addAll(body.findValuesAsText("auth_password"));
      credentials.addAll(request.getHeaders().getOrDefault(api.credentialHeader(), List.of()));
    }

    assertThat(passwords).isEqualTo(api.passwords());
    assertThat(credentials).isEqualTo(api.credentials());
  }

  private static String query(Map<String, List<String>> query) {
    return query.entrySet().stream()
        .flatMap(
            parameter ->
                parameter.getValue().stream()
                    .map(value -> encode(parameter.getKey()) + "=" + encode(value)))
        .collect(Collectors.joining("&"));
  }

  private static String encode(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }

  private static byte[] bytes(OptionalBody body) {
    return body.orElse(new byte[0]);
  }
}

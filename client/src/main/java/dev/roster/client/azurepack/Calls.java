package dev.roster.client.azurepack;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.roster.client.azurepack.invoker.ApiClient;
import dev.roster.client.azurepack.invoker.ApiException;
import dev.roster.client.azurepack.invoker.ApiResponse;
import dev.roster.client.http.Failures;
import dev.roster.client.http.RefusedException;
import dev.roster.client.http.Transport;
import dev.roster.client.http.TransportHttpClient;
import java.net.URI;
import java.net.http.HttpClient;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** Makes calls of the generated operations and turns their outcome into this client's types. */
final class Calls {

  static final String CLIENT_REQUEST_ID = "x-ms-client-request-id";
  static final Failures FAILURES =
      new Failures(AzurePackTransportException::new, AzurePackTimeoutException::new);

  private final ApiClient generated;

  Calls(URI endpoint, Transport transport) {
    ObjectMapper mapper = ApiClient.createDefaultObjectMapper().registerModule(Times.module());
    this.generated = new GeneratedClient(endpoint, mapper, new TransportHttpClient(transport));
  }

  /** What the generated operations send through. */
  ApiClient generated() {
    return generated;
  }

  /** Makes a call whose answer tells nothing. */
  AzurePackResponse<Void> nothing(Call<Void> call) {
    try {
      return answer(call, newId());
    } catch (RefusedException e) {
      throw ErrorAnswer.read(e.refusal());
    }
  }

  /** Makes a call whose answer has a body. */
  <T> AzurePackResponse<T> value(Call<T> call) {
    try {
      return present(answer(call, newId()));
    } catch (RefusedException e) {
      throw ErrorAnswer.read(e.refusal());
    }
  }

  /** Makes a call for which 404 is an answer. */
  <T> AzurePackResponse<Optional<T>> find(Call<T> call) {
    String clientRequestId = newId();
    try {
      AzurePackResponse<T> answer = present(answer(call, clientRequestId));
      return answer.with(Optional.of(answer.value()));
    } catch (RefusedException e) {
      if (e.refusal().status() != 404) {
        throw ErrorAnswer.read(e.refusal());
      }
      return new AzurePackResponse<>(Optional.empty(), 404, clientRequestId);
    }
  }

  private static <T> AzurePackResponse<T> present(AzurePackResponse<T> answer) {
    if (answer.value() == null) {
      throw new AzurePackTransportException("The answer has no body", null);
    }
    return answer;
  }

  private static <T> AzurePackResponse<T> answer(Call<T> call, String clientRequestId) {
    try {
      ApiResponse<T> answer = call.send(Map.of(CLIENT_REQUEST_ID, clientRequestId));
      return new AzurePackResponse<>(answer.getData(), answer.getStatusCode(), clientRequestId);
    } catch (ApiException e) {
      // Transport throws every other failure itself; what is left is JSON.
      throw FAILURES.unreadable(e);
    }
  }

  private static String newId() {
    return UUID.randomUUID().toString();
  }

  /** A generated operation that still lacks the headers of this client. */
  @FunctionalInterface
  interface Call<T> {
    ApiResponse<T> send(Map<String, String> headers) throws ApiException;
  }

  /** Makes the generated operations use the transport of this client. */
  private static final class GeneratedClient extends ApiClient {

    private final HttpClient http;

    GeneratedClient(URI endpoint, ObjectMapper mapper, HttpClient http) {
      super(createDefaultHttpClientBuilder(), mapper, endpoint.toString());
      this.http = http;
    }

    @Override
    public HttpClient getHttpClient() {
      return http;
    }
  }
}

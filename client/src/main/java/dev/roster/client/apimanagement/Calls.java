package dev.roster.client.apimanagement;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.roster.client.apimanagement.invoker.ApiClient;
import dev.roster.client.apimanagement.invoker.ApiException;
import dev.roster.client.apimanagement.invoker.ApiResponse;
import dev.roster.client.http.Failures;
import dev.roster.client.http.PageLinks;
import dev.roster.client.http.RefusedException;
import dev.roster.client.http.Transport;
import dev.roster.client.http.TransportHttpClient;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** Makes calls of the generated operations and turns their outcome into this client's types. */
final class Calls {

  static final String CLIENT_REQUEST_ID = "x-ms-client-request-id";
  static final Failures FAILURES =
      new Failures(ApiManagementTransportException::new, ApiManagementTimeoutException::new);

  private final ObjectMapper mapper = ApiClient.createDefaultObjectMapper();
  private final Transport transport;
  private final PageLinks links;
  private final ApiClient generated;

  Calls(URI endpoint, Transport transport) {
    this.transport = transport;
    this.links = new PageLinks(endpoint, "nextLink", FAILURES);
    this.generated = new GeneratedClient(endpoint, mapper, new TransportHttpClient(transport));
  }

  /** What the generated operations send through. */
  ApiClient generated() {
    return generated;
  }

  <T> ApiManagementResponse<T> call(Call<T> call) {
    return call(null, call);
  }

  /**
   * Makes a call.
   *
   * @param password sent in the body, and masked in refusals; null if there is none
   */
  <T> ApiManagementResponse<T> call(String password, Call<T> call) {
    try {
      return answer(call, newId());
    } catch (RefusedException e) {
      throw ErrorAnswer.read(e.refusal().hiding(password));
    }
  }

  /** Makes a HEAD call, for which 404 is an answer. */
  ApiManagementResponse<Boolean> exists(Call<Void> call) {
    String clientRequestId = newId();
    try {
      return answer(call, clientRequestId).with(true);
    } catch (RefusedException e) {
      if (e.refusal().status() != 404) {
        throw ErrorAnswer.read(e.refusal());
      }
      return ApiManagementResponse.of(false, 404, e.refusal().headers(), clientRequestId);
    }
  }

  /** Makes a HEAD call for the sake of its ETag. */
  ApiManagementResponse<Optional<ETag>> entityTag(Call<Void> call) {
    ApiManagementResponse<Boolean> answer = exists(call);
    return answer.with(answer.value() ? Optional.ofNullable(answer.eTag()) : Optional.empty());
  }

  /** Reads the page that a link leads to. */
  <T> ApiManagementResponse<T> nextPage(String nextLink, Class<T> type) {
    String clientRequestId = newId();
    HttpRequest request =
        HttpRequest.newBuilder(links.checked(nextLink))
            .header(CLIENT_REQUEST_ID, clientRequestId)
            .header("Accept", "application/json")
            .build();
    try {
      HttpResponse<byte[]> answer = transport.send(request);
      return ApiManagementResponse.of(
          mapper.readValue(answer.body(), type),
          answer.statusCode(),
          answer.headers(),
          clientRequestId);
    } catch (RefusedException e) {
      throw ErrorAnswer.read(e.refusal());
    } catch (IOException e) {
      throw FAILURES.unreadable(e);
    }
  }

  private static <T> ApiManagementResponse<T> answer(Call<T> call, String clientRequestId) {
    try {
      ApiResponse<T> answer = call.send(Map.of(CLIENT_REQUEST_ID, clientRequestId));
      HttpHeaders headers = HttpHeaders.of(answer.getHeaders(), (name, value) -> true);
      return ApiManagementResponse.of(
          answer.getData(), answer.getStatusCode(), headers, clientRequestId);
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

package dev.roster.client.batch;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Reads the body of a refusal, whatever it is. */
final class ErrorAnswer {

  private static final ObjectMapper JSON = new ObjectMapper();

  private ErrorAnswer() {}

  static BatchException read(String name, HttpRequest request, HttpResponse<byte[]> response) {
    String clientRequestId = request.headers().firstValue("client-request-id").orElse(null);
    JsonNode error = parse(response.body());
    if (error == null) {
      String body = new String(response.body(), StandardCharsets.UTF_8);
      return new BatchException(
          name,
          response.statusCode(),
          null,
          body.isBlank() ? null : body,
          List.of(),
          clientRequestId,
          response.headers());
    }
    return new BatchException(
        name,
        response.statusCode(),
        error.path("code").asText(null),
        error.path("message").path("value").asText(null),
        details(error.path("values")),
        clientRequestId,
        response.headers());
  }

  private static List<BatchException.Detail> details(JsonNode values) {
    List<BatchException.Detail> details = new ArrayList<>();
    for (JsonNode value : values) {
      details.add(
          new BatchException.Detail(
              value.path("key").asText(null), value.path("value").asText(null)));
    }
    return details;
  }

  private static JsonNode parse(byte[] body) {
    try {
      JsonNode json = JSON.readTree(body);
      return json != null && json.isObject() ? json : null;
    } catch (IOException e) {
      // A proxy's page, for example.
      return null;
    }
  }
}

package dev.roster.client.apimanagement;

import com.fasterxml.jackson.databind.JsonNode;
import dev.roster.client.http.Refusal;
import java.util.ArrayList;
import java.util.List;

/** Reads the body of a refusal, whatever it is. */
final class ErrorAnswer {

  private ErrorAnswer() {}

  static ApiManagementException read(Refusal refusal) {
    JsonNode error = refusal.json().path("error");
    if (!error.isObject()) {
      return new ApiManagementException(refusal, null, refusal.body(), List.of());
    }
    return new ApiManagementException(
        refusal,
        refusal.name(error.path("code")),
        refusal.text(error.path("message")),
        details(refusal, error.path("details")));
  }

  private static List<ApiManagementException.Detail> details(Refusal refusal, JsonNode entries) {
    List<ApiManagementException.Detail> details = new ArrayList<>();
    for (JsonNode entry : entries) {
      details.add(
          new ApiManagementException.Detail(
              refusal.name(entry.path("target")),
              refusal.name(entry.path("code")),
              refusal.text(entry.path("message"))));
    }
    return details;
  }
}

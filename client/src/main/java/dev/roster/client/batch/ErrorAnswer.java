package dev.roster.client.batch;

import com.fasterxml.jackson.databind.JsonNode;
import dev.roster.client.http.Refusal;
import java.util.ArrayList;
import java.util.List;

/** Reads the body of a refusal, whatever it is. */
final class ErrorAnswer {

  private ErrorAnswer() {}

  static BatchException read(Refusal refusal) {
    JsonNode error = refusal.json();
    if (error.isMissingNode()) {
      return new BatchException(refusal, null, refusal.body(), List.of());
    }
    return new BatchException(
        refusal,
        refusal.name(error.path("code")),
        refusal.text(error.path("message").path("value")),
        details(refusal, error.path("values")));
  }

  private static List<BatchException.Detail> details(Refusal refusal, JsonNode values) {
    List<BatchException.Detail> details = new ArrayList<>();
    for (JsonNode value : values) {
      details.add(
          new BatchException.Detail(
              refusal.name(value.path("key")), refusal.text(value.path("value"))));
    }
    return details;
  }
}

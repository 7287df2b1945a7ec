package dev.roster.client.azurepack;

import com.fasterxml.jackson.databind.JsonNode;
import dev.roster.client.http.Refusal;
import java.util.ArrayList;
import java.util.List;

/** Reads the body of a refusal, whatever it is. */
final class ErrorAnswer {

  private ErrorAnswer() {}

  static AzurePackException read(Refusal refusal) {
    JsonNode error = refusal.json();
    String code = refusal.name(error.path("Code"));
    String text = refusal.text(error.path("Message"));
    if (code == null && text == null) {
      return new AzurePackException(refusal, null, refusal.body(), List.of());
    }
    return new AzurePackException(refusal, code, text, details(refusal, error.path("Details")));
  }

  private static List<AzurePackException.Detail> details(Refusal refusal, JsonNode entries) {
    List<AzurePackException.Detail> details = new ArrayList<>();
    for (JsonNode entry : entries) {
      if (entry.isObject()) {
        details.add(
            new AzurePackException.Detail(
                refusal.name(entry.path("Code")),
                refusal.name(entry.path("Source")),
                refusal.text(entry.path("Message"))));
      }
    }
    return details;
  }
}

package dev.roster.server.azurepack;

import dev.roster.server.http.ApiRequest;
import jakarta.ws.rs.core.HttpHeaders;
import java.util.Optional;
import org.jboss.resteasy.reactive.RestResponse;
import org.jboss.resteasy.reactive.RestResponse.ResponseBuilder;
import org.jboss.resteasy.reactive.RestResponse.Status;

/** Chooses the format of an answer. */
final class Negotiation {

  private Negotiation() {}

  /** What Accept prefers, or else what the body of the request was, or else JSON. */
  static Format of(ApiRequest request) {
    return request
        .accept()
        .flatMap(Negotiation::preferred)
        .or(() -> request.header(HttpHeaders.CONTENT_TYPE).flatMap(Format::of))
        .orElse(Format.JSON);
  }

  /** The format of the highest weight, of equals the first; empty if none is named. */
  private static Optional<Format> preferred(String accept) {
    Format best = null;
    double weight = 0;
    for (String range : accept.split(",", -1)) {
      Optional<Format> format = Format.of(range.strip());
      double wanted = weight(range);
      if (format.isPresent() && wanted > weight) {
        best = format.get();
        weight = wanted;
      }
    }
    return Optional.ofNullable(best);
  }

  private static double weight(String range) {
    for (String parameter : range.split(";", -1)) {
      String text = parameter.strip();
      if (text.startsWith("q=") || text.startsWith("Q=")) {
        try {
          return Double.parseDouble(text.substring(2));
        } catch (NumberFormatException e) {
          return 0;
        }
      }
    }
    return 1;
  }

  /**
   * A success without body. It has a type all the same, as some readers throw without one before
   * they look at its length.
   */
  static RestResponse<Void> empty(Status status, ApiRequest request) {
    return ResponseBuilder.<Void>create(status)
        .header(HttpHeaders.CONTENT_TYPE, of(request).contentType())
        .header(HttpHeaders.CONTENT_LENGTH, 0)
        .build();
  }
}

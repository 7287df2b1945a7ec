package dev.roster.server.azurepack;

import dev.roster.server.http.MediaTypes;
import java.util.Optional;

/** What bodies are written in. */
enum Format {
  JSON("application/json; charset=utf-8"),
  XML("application/xml; charset=utf-8");

  private final String contentType;

  Format(String contentType) {
    this.contentType = contentType;
  }

  /** The value of Content-Type for it. */
  String contentType() {
    return contentType;
  }

  /** The format that a media type names, whatever its parameters; empty for all others. */
  static Optional<Format> of(String mediaType) {
    return switch (MediaTypes.withoutParameters(mediaType)) {
      case "application/json", "text/json" -> Optional.of(JSON);
      case "application/xml", "text/xml" -> Optional.of(XML);
      default -> Optional.empty();
    };
  }
}

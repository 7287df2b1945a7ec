package dev.roster.client.http;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonMappingException;
import java.io.IOException;
import java.util.stream.Collectors;

/**
 * Why a body could not be read or written, told without the body.
 *
 * <p>Jackson's own messages quote the text they stumble over, which may be a secret.
 */
final class UnreadableBody extends IOException {

  private static final long serialVersionUID = 1L;

  private UnreadableBody(String message) {
    super(message);
  }

  /** Keeps the kind of a failure, and where known its line, its column and its member. */
  static UnreadableBody of(Throwable failure) {
    Throwable reason = failure;
    while (!(reason instanceof JsonProcessingException) && reason.getCause() != null) {
      reason = reason.getCause();
    }
    StringBuilder message = new StringBuilder(reason.getClass().getSimpleName());
    if (reason instanceof JsonProcessingException json && json.getLocation() != null) {
      message
          .append(" at line ")
          .append(json.getLocation().getLineNr())
          .append(", column ")
          .append(json.getLocation().getColumnNr());
    }
    if (reason instanceof JsonMappingException mapping && !mapping.getPath().isEmpty()) {
      message.append(" in ").append(path(mapping));
    }
    UnreadableBody safe = new UnreadableBody(message.toString());
    safe.setStackTrace(reason.getStackTrace());
    return safe;
  }

  private static String path(JsonMappingException mapping) {
    return mapping.getPath().stream()
        .map(step -> step.getFieldName() != null ? step.getFieldName() : "" + step.getIndex())
        .collect(Collectors.joining("."));
  }
}

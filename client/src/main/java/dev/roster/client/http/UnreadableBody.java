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
public final class UnreadableBody extends IOException {

  private static final long serialVersionUID = 1L;

  /** The message of the exception that has this one as its cause. */
  public static final String MESSAGE = "A body could not be written or read as JSON";

  private UnreadableBody(String message) {
    super(message);
  }

  /**
   * Keeps the place and the kind of a failure.
   *
   * @param failure Jackson's exception, or one that has it as its cause
   * @return names the kind, and where known the line, the column and the member
   */
  public static UnreadableBody of(Throwable failure) {
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

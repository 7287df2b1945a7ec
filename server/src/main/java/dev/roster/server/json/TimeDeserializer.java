package dev.roster.server.json;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.deser.std.StdDeserializer;
import com.fasterxml.jackson.databind.exc.InvalidFormatException;
import java.io.IOException;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.function.Function;

/** Reads times that are texts in the format of an API. */
public final class TimeDeserializer extends StdDeserializer<OffsetDateTime> {

  private static final long serialVersionUID = 1L;

  private final transient Function<String, OffsetDateTime> format;

  /**
   * Makes a reader.
   *
   * @param format throws DateTimeParseException for what is in another format
   */
  public TimeDeserializer(Function<String, OffsetDateTime> format) {
    super(OffsetDateTime.class);
    this.format = format;
  }

  @Override
  public OffsetDateTime deserialize(JsonParser parser, DeserializationContext context)
      throws IOException {
    if (!parser.hasToken(JsonToken.VALUE_STRING)) {
      return (OffsetDateTime) context.handleUnexpectedToken(OffsetDateTime.class, parser);
    }
    try {
      return format.apply(parser.getText());
    } catch (DateTimeParseException e) {
      throw InvalidFormatException.from(
          parser, "Not a time", parser.getText(), OffsetDateTime.class);
    }
  }
}

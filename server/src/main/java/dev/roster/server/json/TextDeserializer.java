package dev.roster.server.json;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.deser.std.StdScalarDeserializer;
import com.fasterxml.jackson.databind.exc.InvalidFormatException;
import dev.roster.server.http.StorableText;
import java.io.IOException;

/** Reads texts that the database can keep, and nothing else as a text. */
public final class TextDeserializer extends StdScalarDeserializer<String> {

  private static final long serialVersionUID = 1L;

  /** Makes the reader. */
  public TextDeserializer() {
    super(String.class);
  }

  @Override
  public String deserialize(JsonParser parser, DeserializationContext context) throws IOException {
    if (!parser.hasToken(JsonToken.VALUE_STRING)) {
      return (String) context.handleUnexpectedToken(String.class, parser);
    }
    String text = parser.getText();
    if (!StorableText.isStorable(text)) {
      // Without the value, which may be a password.
      throw InvalidFormatException.from(
          parser, "The text has a character that is not allowed", null, String.class);
    }
    return text;
  }
}

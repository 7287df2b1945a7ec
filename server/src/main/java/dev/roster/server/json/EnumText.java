package dev.roster.server.json;

import com.fasterxml.jackson.annotation.JsonValue;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.annotation.JsonDeserialize;
import com.fasterxml.jackson.databind.deser.std.StdDeserializer;
import java.io.IOException;

/**
 * A value of an enumeration as the caller wrote it, for APIs that take other spellings of their own
 * values and name what they do not take.
 *
 * @param text also the text of a number or boolean that stands in its place
 */
@JsonDeserialize(using = EnumText.Deserializer.class)
public record EnumText(@JsonValue String text) {

  /** Reads a scalar; what is none has the wrong type. */
  static final class Deserializer extends StdDeserializer<EnumText> {

    private static final long serialVersionUID = 1L;

    Deserializer() {
      super(EnumText.class);
    }

    @Override
    public EnumText deserialize(JsonParser parser, DeserializationContext context)
        throws IOException {
      return parser.currentToken().isScalarValue()
          ? new EnumText(parser.getText())
          : (EnumText) context.handleUnexpectedToken(EnumText.class, parser);
    }
  }
}

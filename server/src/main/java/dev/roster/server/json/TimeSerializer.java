package dev.roster.server.json;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.ser.std.StdSerializer;
import java.io.IOException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.function.Function;

/** Writes times in the format of an API. */
public final class TimeSerializer extends StdSerializer<OffsetDateTime> {

  private static final long serialVersionUID = 1L;

  private final transient Function<Instant, String> format;

  /** Makes a writer. */
  public TimeSerializer(Function<Instant, String> format) {
    super(OffsetDateTime.class);
    this.format = format;
  }

  @Override
  public void serialize(
      OffsetDateTime time, JsonGenerator generator, SerializerProvider serializers)
      throws IOException {
    generator.writeString(format.apply(time.toInstant()));
  }
}

package dev.roster.server.azurepack;

import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.MultivaluedMap;
import jakarta.ws.rs.ext.MessageBodyReader;
import jakarta.ws.rs.ext.Provider;
import java.io.IOException;
import java.io.InputStream;
import java.lang.annotation.Annotation;
import java.lang.reflect.Type;

/** Passes bodies through; {@link InputReader} reads them, as JSON or XML. */
@Provider
public class PayloadHandler implements MessageBodyReader<Payload> {

  @Override
  public boolean isReadable(
      Class<?> type, Type generic, Annotation[] annotations, MediaType media) {
    return type == Payload.class;
  }

  @Override
  public Payload readFrom(
      Class<Payload> type,
      Type generic,
      Annotation[] annotations,
      MediaType media,
      MultivaluedMap<String, String> headers,
      InputStream in)
      throws IOException {
    return new Payload(in.readAllBytes());
  }
}

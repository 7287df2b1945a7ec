package dev.roster.server.http;

import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.Response.Status;
import jakarta.ws.rs.ext.Provider;
import jakarta.ws.rs.ext.ReaderInterceptor;
import jakarta.ws.rs.ext.ReaderInterceptorContext;
import java.io.IOException;

/**
 * Refuses bodies with a number that Java cannot hold, such as {@code 1e2147483648}; Jackson has no
 * exception of its own for that.
 */
@Provider
public class NumbersInBodies implements ReaderInterceptor {

  @Override
  public Object aroundReadFrom(ReaderInterceptorContext context) throws IOException {
    try {
      return context.proceed();
    } catch (NumberFormatException | ArithmeticException e) {
      throw new WebApplicationException(e, Status.BAD_REQUEST);
    }
  }
}

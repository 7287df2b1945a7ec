package dev.roster.server.http;

import java.io.IOException;

/** A body turned out to be larger than the API takes. */
public class BodyTooLargeException extends IOException {

  private static final long serialVersionUID = 1L;

  BodyTooLargeException() {
    super("The body is too large");
  }
}

package dev.roster.server.error;

/** The time that a request may take in the server is over; nothing was changed. */
public class RequestTimeoutException extends RuntimeException {

  private static final long serialVersionUID = 1L;
}

package dev.roster.server.auth;

/** The keys that tokens are checked with cannot be had at the moment; the caller may try again. */
public final class KeysUnavailableException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  KeysUnavailableException(Throwable cause) {
    super("the keys of roster.bearer.keys cannot be read (" + cause.getMessage() + ")", cause);
  }
}

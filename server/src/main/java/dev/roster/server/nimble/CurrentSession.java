package dev.roster.server.nimble;

import jakarta.enterprise.context.RequestScoped;

/** The session of the request at hand. */
@RequestScoped
class CurrentSession {

  private Session session;
  private String token;

  void set(Session found, String sentToken) {
    session = found;
    token = sentToken;
  }

  /** The session; requests that need none may not ask. */
  Session get() {
    if (session == null) {
      throw new IllegalStateException("The operation needs no session");
    }
    return session;
  }

  /** The token as the caller sent it. */
  String token() {
    return token;
  }

  /**
   * Demands an administrator.
   *
   * @throws dev.roster.server.error.ApiException SM_eperm
   */
  void requireAdministrator() {
    if (!get().isAdministrator()) {
      throw NimbleErrors.notPermitted("Only administrators may manage users.");
    }
  }
}

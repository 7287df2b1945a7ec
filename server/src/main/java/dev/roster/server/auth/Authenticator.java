package dev.roster.server.auth;

import dev.roster.server.http.ApiRequest;

/** How the callers of one API prove who they are; its protocol says when. */
public interface Authenticator {

  /**
   * Lets the request pass or ends it.
   *
   * @throws dev.roster.server.error.ApiException with the API's own error
   */
  void authenticate(ApiRequest request);
}

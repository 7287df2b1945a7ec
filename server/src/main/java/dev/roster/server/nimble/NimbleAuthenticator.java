package dev.roster.server.nimble;

import dev.roster.server.auth.Authenticator;
import dev.roster.server.http.ApiRequest;
import dev.roster.server.http.RequestContext;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import jakarta.ws.rs.HttpMethod;
import java.util.regex.Pattern;

/** Knows callers by the token of a session that they have logged in to. */
@Singleton
class NimbleAuthenticator implements Authenticator {

  private static final String TOKEN_HEADER = "X-Auth-Token";

  private static final Pattern OPEN = Pattern.compile("/+(v1/+)?versions(/+detail)?/*");
  private static final Pattern LOG_IN = Pattern.compile("/+v1/+tokens/*");

  private final SessionService sessions;
  private final CurrentSession current;
  private final RequestContext context;

  @Inject
  NimbleAuthenticator(SessionService sessions, CurrentSession current, RequestContext context) {
    this.sessions = sessions;
    this.current = current;
    this.context = context;
  }

  @Override
  public void authenticate(ApiRequest request) {
    String path = context.routedPath();
    boolean logIn = request.method().equals(HttpMethod.POST) && LOG_IN.matcher(path).matches();
    if (!logIn && !OPEN.matcher(path).matches()) {
      require(request);
    }
  }

  /**
   * Finds the session of a request and gives it the whole time anew.
   *
   * @throws dev.roster.server.error.ApiException SM_http_unauthorized if there is none
   */
  void require(ApiRequest request) {
    String token = request.header(TOKEN_HEADER).orElse("");
    current.set(sessions.renew(TokenHash.of(token)).orElseThrow(NimbleErrors::deadSession), token);
  }
}

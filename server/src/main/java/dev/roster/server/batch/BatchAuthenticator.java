package dev.roster.server.batch;

import dev.roster.server.auth.Authenticator;
import dev.roster.server.auth.BearerTokens;
import dev.roster.server.config.PublishedCredentials;
import dev.roster.server.config.RosterConfig;
import dev.roster.server.error.ApiException;
import dev.roster.server.http.ApiRequest;
import dev.roster.server.http.HttpDate;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Knows callers by a SharedKey signature or a bearer token.
 *
 * <p>Source: the documentation page "Authenticate requests to the Azure Batch service".
 */
@Singleton
class BatchAuthenticator implements Authenticator {

  private static final String SHARED_KEY = "sharedkey";
  private static final String BEARER = "bearer";
  private static final Duration MOST_SKEW = Duration.ofMinutes(15);

  private final Map<String, byte[]> keys = new HashMap<>();
  private final BearerTokens tokens;
  private final Set<String> audiences;
  private final Clock clock;

  @Inject
  BatchAuthenticator(
      RosterConfig config, PublishedCredentials credentials, BearerTokens tokens, Clock clock) {
    credentials
        .batchAccounts()
        .forEach(
            (name, key) ->
                keys.put(name.toLowerCase(Locale.ROOT), Base64.getDecoder().decode(key)));
    this.tokens = tokens;
    this.audiences = config.batch().audiences();
    this.clock = clock;
  }

  @Override
  public void authenticate(ApiRequest request) {
    String authorization =
        request
            .header("Authorization")
            .orElseThrow(() -> BatchErrors.missingRequiredHeader("Authorization"))
            .strip();
    int blank = authorization.indexOf(' ');
    String scheme = blank < 0 ? authorization : authorization.substring(0, blank);
    String credentials = blank < 0 ? "" : authorization.substring(blank + 1).strip();
    switch (scheme.toLowerCase(Locale.ROOT)) {
      case SHARED_KEY -> checkSignature(request, credentials);
      case BEARER -> checkToken(credentials);
      default ->
          throw BatchErrors.invalidAuthenticationInfo("The scheme has to be SharedKey or Bearer.");
    }
  }

  private void checkToken(String token) {
    if (token.isEmpty()) {
      throw BatchErrors.tokenRefused("The bearer token is empty.");
    }
    if (tokens.check(token, audiences).isEmpty()) {
      throw BatchErrors.tokenRefused(
          "The token is none of the issuer that the server trusts, is not meant for it, or is not"
              + " valid at this time.");
    }
  }

  private void checkSignature(ApiRequest request, String credentials) {
    int colon = credentials.indexOf(':');
    if (colon < 1 || colon == credentials.length() - 1) {
      throw BatchErrors.invalidAuthenticationInfo(
          "SharedKey credentials have the form account:signature.");
    }
    String account = credentials.substring(0, colon);
    byte[] signature = decode(credentials.substring(colon + 1));
    checkAge(request);
    byte[] key = keys.get(account.toLowerCase(Locale.ROOT));
    if (key == null) {
      throw BatchErrors.signatureRefused("The account '" + account + "' is not known.");
    }
    if (!SharedKeySignature.fits(request, account, signature, key)) {
      throw BatchErrors.signatureRefused(
          "The MAC signature found in the HTTP request is not the same as any computed signature."
              + " Server used following string to sign: '"
              + SharedKeySignature.stringToSign(request, account)
              + "'.");
    }
  }

  private static byte[] decode(String signature) {
    try {
      return Base64.getDecoder().decode(signature);
    } catch (IllegalArgumentException e) {
      throw BatchErrors.invalidAuthenticationInfo("The signature is not base64.");
    }
  }

  private void checkAge(ApiRequest request) {
    Optional<String> date = request.header("ocp-date").or(() -> request.header("Date"));
    Instant signedAt = date.flatMap(HttpDate::parse).orElseThrow(() -> undated(date.isPresent()));
    Instant now = clock.instant();
    if (Duration.between(signedAt, now).abs().compareTo(MOST_SKEW) > 0) {
      throw BatchErrors.signatureRefused(
          "The request is dated "
              + HttpDate.format(signedAt)
              + ", more than 15 minutes from the server's time "
              + HttpDate.format(now)
              + ".");
    }
  }

  private static ApiException undated(boolean present) {
    return BatchErrors.signatureRefused(
        present
            ? "The ocp-date or Date header is not a date in the format of RFC 1123."
            : "A signed request needs an ocp-date or a Date header.");
  }
}

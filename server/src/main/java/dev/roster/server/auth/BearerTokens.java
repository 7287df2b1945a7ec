package dev.roster.server.auth;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.KeySourceException;
import com.nimbusds.jose.jwk.source.JWKSource;
import com.nimbusds.jose.proc.BadJOSEException;
import com.nimbusds.jose.proc.DefaultJOSEObjectTypeVerifier;
import com.nimbusds.jose.proc.JWSVerificationKeySelector;
import com.nimbusds.jose.proc.SecurityContext;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.proc.DefaultJWTClaimsVerifier;
import com.nimbusds.jwt.proc.DefaultJWTProcessor;
import dev.roster.server.config.RosterConfig;
import dev.roster.server.config.RosterConfig.AuthMode;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.text.ParseException;
import java.time.Clock;
import java.util.Date;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Tells which bearer tokens are taken: any in the lenient mode, and in the strict mode the JWTs of
 * one issuer, with a signature that one of its keys explains, an audience of the API's, and a time
 * that has not come to its end.
 *
 * <p>Without an issuer the strict mode takes none.
 */
@Singleton
public class BearerTokens {

  /** Longer ones are not looked into; those of the vendors have a few thousand characters. */
  private static final int LONGEST = 16 * 1024;

  /** Only such as need the issuer's private key; none, and those with a shared key, are not. */
  private static final Set<JWSAlgorithm> ALGORITHMS =
      Set.of(
          JWSAlgorithm.RS256,
          JWSAlgorithm.RS384,
          JWSAlgorithm.RS512,
          JWSAlgorithm.PS256,
          JWSAlgorithm.PS384,
          JWSAlgorithm.PS512,
          JWSAlgorithm.ES256,
          JWSAlgorithm.ES384,
          JWSAlgorithm.ES512);

  /** Where issuers write whom a token is for. */
  private static final List<String> USER_CLAIMS =
      List.of(
          "upn", "http://schemas.xmlsoap.org/ws/2005/05/identity/claims/upn", "unique_name", "sub");

  private final boolean isStrict;
  private final RosterConfig.Bearer settings;
  private final Optional<JWKSource<SecurityContext>> keys;
  private final Clock clock;
  private final Map<Set<String>, DefaultJWTProcessor<SecurityContext>> processors =
      new ConcurrentHashMap<>();

  @Inject
  BearerTokens(RosterConfig config, Clock clock) {
    this.isStrict = config.auth() == AuthMode.STRICT;
    this.settings = config.bearer();
    this.keys = isStrict ? settings.keys().map(TrustedKeys::at) : Optional.empty();
    this.clock = clock;
  }

  /**
   * Checks a token.
   *
   * @param audiences of the API, one of which the token has to have
   * @return empty if the token is not taken
   * @throws KeysUnavailableException if that cannot be told at the moment
   */
  public Optional<BearerToken> check(String token, Set<String> audiences) {
    if (token.isBlank()) {
      return Optional.empty();
    }
    if (!isStrict) {
      return Optional.of(BearerToken.NOT_LOOKED_INTO);
    }
    if (keys.isEmpty() || token.length() > LONGEST) {
      return Optional.empty();
    }
    try {
      JWTClaimsSet claims =
          processors.computeIfAbsent(audiences, this::processor).process(token, null);
      return Optional.of(
          new BearerToken(
              user(claims),
              Optional.of(claims.getExpirationTime().toInstant()),
              new HashSet<>(claims.getAudience())));
    } catch (KeySourceException e) {
      throw new KeysUnavailableException(e);
    } catch (ParseException | BadJOSEException | JOSEException e) {
      return Optional.empty();
    }
  }

  private static Optional<String> user(JWTClaimsSet claims) {
    return USER_CLAIMS.stream()
        .map(claims::getClaim)
        .filter(String.class::isInstance)
        .map(String.class::cast)
        .findFirst();
  }

  private DefaultJWTProcessor<SecurityContext> processor(Set<String> audiences) {
    DefaultJWTProcessor<SecurityContext> processor = new DefaultJWTProcessor<>();
    processor.setJWSTypeVerifier(
        new DefaultJOSEObjectTypeVerifier<>(
            JOSEObjectType.JWT, new JOSEObjectType("at+jwt"), null));
    processor.setJWSKeySelector(new JWSVerificationKeySelector<>(ALGORITHMS, keys.orElseThrow()));
    processor.setJWTClaimsSetVerifier(new ClaimsVerifier(audiences));
    return processor;
  }

  /** Reads the one clock that everything reads. */
  private final class ClaimsVerifier extends DefaultJWTClaimsVerifier<SecurityContext> {

    ClaimsVerifier(Set<String> audiences) {
      super(
          audiences,
          new JWTClaimsSet.Builder().issuer(settings.issuer().orElseThrow()).build(),
          Set.of("exp"),
          Set.of());
      setMaxClockSkew((int) settings.clockSkew().toSeconds());
    }

    @Override
    protected Date currentTime() {
      return Date.from(clock.instant());
    }
  }
}

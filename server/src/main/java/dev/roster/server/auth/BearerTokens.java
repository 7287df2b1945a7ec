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
import com.nimbusds.jwt.JWT;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.JWTParser;
import com.nimbusds.jwt.proc.BadJWTException;
import com.nimbusds.jwt.proc.DefaultJWTClaimsVerifier;
import com.nimbusds.jwt.proc.DefaultJWTProcessor;
import dev.roster.server.config.RosterConfig;
import dev.roster.server.config.RosterConfig.AuthMode;
import dev.roster.server.http.StorableText;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.text.ParseException;
import java.time.Clock;
import java.util.Date;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;

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
    this.keys =
        isStrict ? settings.keys().map(place -> TrustedKeys.at(place, clock)) : Optional.empty();
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
    return parse(token)
        .flatMap(jwt -> verify(jwt, processors.computeIfAbsent(audiences, this::processor)))
        .map(BearerTokens::token);
  }

  private static Optional<JWT> parse(String token) {
    try {
      return Optional.of(JWTParser.parse(token));
    } catch (ParseException | RuntimeException e) {
      // Nimbus trips over some texts, such as one whose header is the JSON value null.
      return Optional.empty();
    }
  }

  private static Optional<JWTClaimsSet> verify(
      JWT jwt, DefaultJWTProcessor<SecurityContext> processor) {
    try {
      return Optional.of(processor.process(jwt, null));
    } catch (KeySourceException e) {
      throw new KeysUnavailableException(e);
    } catch (BadJOSEException | JOSEException e) {
      return Optional.empty();
    }
  }

  private static BearerToken token(JWTClaimsSet claims) {
    return new BearerToken(
        user(claims),
        Optional.of(claims.getExpirationTime().toInstant()),
        claims.getAudience().stream().filter(Objects::nonNull).collect(Collectors.toSet()));
  }

  private static Optional<String> user(JWTClaimsSet claims) {
    return USER_CLAIMS.stream()
        .map(claims::getClaim)
        .filter(String.class::isInstance)
        .map(String.class::cast)
        .filter(user -> !user.isBlank() && StorableText.isStorable(user))
        .findFirst();
  }

  private DefaultJWTProcessor<SecurityContext> processor(Set<String> audiences) {
    DefaultJWTProcessor<SecurityContext> processor = new DefaultJWTProcessor<>();
    processor.setJWSTypeVerifier(
        new DefaultJOSEObjectTypeVerifier<>(
            JOSEObjectType.JWT,
            new JOSEObjectType("at+jwt"),
            new JOSEObjectType("application/at+jwt"),
            null));
    processor.setJWSKeySelector(new JWSVerificationKeySelector<>(ALGORITHMS, keys.orElseThrow()));
    processor.setJWTClaimsSetVerifier(new ClaimsVerifier(audiences));
    return processor;
  }

  /** Reads the one clock that everything reads, and wants an end. */
  private final class ClaimsVerifier extends DefaultJWTClaimsVerifier<SecurityContext> {

    ClaimsVerifier(Set<String> audiences) {
      super(
          // A token's may be null, which sets that cannot be changed do not look for.
          new HashSet<>(audiences),
          new JWTClaimsSet.Builder().issuer(settings.issuer().orElseThrow()).build(),
          Set.of("exp"),
          Set.of());
      setMaxClockSkew((int) settings.clockSkew().toSeconds());
    }

    @Override
    public void verify(JWTClaimsSet claims, SecurityContext context) throws BadJWTException {
      super.verify(claims, context);
      if (claims.getExpirationTime() == null) {
        throw new BadJWTException("exp is null");
      }
    }

    @Override
    protected Date currentTime() {
      return Date.from(clock.instant());
    }
  }
}

package dev.roster.server.auth;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.KeySourceException;
import com.nimbusds.jose.proc.BadJOSEException;
import com.nimbusds.jose.proc.BadJWSException;
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
  private final Optional<TrustedKeys> keys;
  private final Clock clock;
  private final RefusedTokens refused;
  private final Map<Set<String>, DefaultJWTProcessor<SecurityContext>> processors =
      new ConcurrentHashMap<>();

  @Inject
  BearerTokens(RosterConfig config, Clock clock) {
    this.isStrict = config.auth() == AuthMode.STRICT;
    this.settings = config.bearer();
    this.keys =
        isStrict ? settings.keys().map(place -> TrustedKeys.at(place, clock)) : Optional.empty();
    this.clock = clock;
    this.refused = new RefusedTokens(clock);
  }

  /**
   * Checks a token, and logs why it is refused.
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
    if (keys.isEmpty()) {
      return refuse(
          "roster.bearer.issuer and roster.bearer.keys are not set, so no token is valid");
    }
    if (token.length() > LONGEST) {
      return refuse("it has more than " + LONGEST + " characters");
    }
    return parse(token)
        .flatMap(jwt -> verify(jwt, processors.computeIfAbsent(audiences, this::processor)))
        .map(BearerTokens::token);
  }

  private <T> Optional<T> refuse(String reason) {
    refused.add(reason);
    return Optional.empty();
  }

  private Optional<JWT> parse(String token) {
    JWT jwt;
    try {
      jwt = JWTParser.parse(token);
    } catch (ParseException | RuntimeException e) {
      // Nimbus trips over some texts, such as one whose header is the JSON value null. Its messages
      // quote the text.
      return refuse("it is not a JWT");
    }
    if (jwt.getHeader().getCriticalParams() != null) {
      // No extension is understood, and an empty list is malformed (RFC 7515, section 4.1.11).
      return refuse("its header has crit");
    }
    return Optional.of(jwt);
  }

  private Optional<JWTClaimsSet> verify(JWT jwt, DefaultJWTProcessor<SecurityContext> processor) {
    try {
      return Optional.of(process(jwt, processor));
    } catch (KeySourceException e) {
      throw new KeysUnavailableException(e);
    } catch (BadJOSEException | JOSEException e) {
      return refuse(e.getMessage());
    }
  }

  private JWTClaimsSet process(JWT jwt, DefaultJWTProcessor<SecurityContext> processor)
      throws BadJOSEException, JOSEException {
    try {
      return processor.process(jwt, null);
    } catch (BadJWSException e) {
      // The issuer may have a new key with the id of the former one.
      if (!keys.orElseThrow().readAgain()) {
        throw e;
      }
      return processor.process(jwt, null);
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

  /**
   * Reads the one clock that everything reads, and wants an end. It quotes the issuer and the
   * audience that do not fit, which Nimbus' own messages leave out.
   */
  private final class ClaimsVerifier extends DefaultJWTClaimsVerifier<SecurityContext> {

    private final String issuer = settings.issuer().orElseThrow();
    // A token's may be null, which sets that cannot be changed do not look for.
    private final Set<String> audiences;

    ClaimsVerifier(Set<String> audiences) {
      super(null, null, Set.of("exp"), Set.of());
      this.audiences = new HashSet<>(audiences);
      setMaxClockSkew((int) settings.clockSkew().toSeconds());
    }

    @Override
    public void verify(JWTClaimsSet claims, SecurityContext context) throws BadJWTException {
      super.verify(claims, context);
      if (claims.getExpirationTime() == null) {
        throw new BadJWTException("exp is null");
      }
      if (!issuer.equals(claims.getIssuer())) {
        throw new BadJWTException("its iss is " + claims.getIssuer() + ", expected " + issuer);
      }
      if (claims.getAudience().stream().noneMatch(audiences::contains)) {
        throw new BadJWTException(
            "its aud is " + claims.getAudience() + ", expected one of " + audiences);
      }
    }

    @Override
    protected Date currentTime() {
      return Date.from(clock.instant());
    }
  }
}

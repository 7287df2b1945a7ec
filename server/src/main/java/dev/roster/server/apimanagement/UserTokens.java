package dev.roster.server.apimanagement;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Tokens that stand for a user: the user id, the end in UTC to the minute, and a signature, with an
 * ampersand between them.
 *
 * <p>The signature is HMAC-SHA-512 of what stands before it. Its key is made of the service's
 * secret, the user id and the kind of key, so that nothing has to be kept for a user.
 */
@Singleton
class UserTokens {

  private static final String ALGORITHM = "HmacSHA512";
  private static final Duration LONGEST = Duration.ofDays(30);
  private static final Duration SIGN_ON = Duration.ofMinutes(5);

  private static final DateTimeFormatter MINUTE =
      DateTimeFormatter.ofPattern("uuuuMMddHHmm").withZone(ZoneOffset.UTC);

  private final ServiceInstanceRepository services;
  private final Clock clock;

  /** Which of a user's two keys signs. */
  enum Key {
    PRIMARY,
    SECONDARY
  }

  @Inject
  UserTokens(ServiceInstanceRepository services, Clock clock) {
    this.services = services;
    this.clock = clock;
  }

  /**
   * Checks what a caller asks of a token.
   *
   * @param keyType in any case; null stands for absent
   * @param expiry null stands for absent
   * @throws dev.roster.server.error.ApiException ValidationError
   */
  void check(String keyType, OffsetDateTime expiry) {
    FieldFaults faults = new FieldFaults();
    if (keyType == null) {
      faults.add("keyType", FieldFaults.empty("keyType"));
    } else {
      faults.check("keyType", key(keyType).isPresent());
    }
    if (expiry == null) {
      faults.add("expiry", FieldFaults.empty("expiry"));
    } else {
      faults.check("expiry", !expiry.toInstant().isAfter(clock.instant().plus(LONGEST)));
    }
    faults.end();
  }

  /** Makes the token that a caller asked for, after {@link #check}. */
  String sharedAccessToken(
      ServiceInstance service, User user, String keyType, OffsetDateTime expiry) {
    return token(service, user, key(keyType).orElseThrow(), expiry.toInstant());
  }

  /** Makes a token that signs a user on, for five minutes. */
  String signOnToken(ServiceInstance service, User user) {
    return token(service, user, Key.PRIMARY, clock.instant().plus(SIGN_ON));
  }

  private static Optional<Key> key(String keyType) {
    return Arrays.stream(Key.values())
        .filter(key -> key.name().equalsIgnoreCase(keyType))
        .findFirst();
  }

  private String token(ServiceInstance service, User user, Key key, Instant end) {
    byte[] secret =
        services
            .tokenSecret(service)
            .orElseThrow(
                () -> ApiManagementErrors.serviceNotFound(service.name(), service.resourceGroup()));
    String claims = user.id() + '&' + MINUTE.format(end);
    byte[] keyBytes = sign(secret, user.id() + '&' + key.name());
    return claims + '&' + Base64.getEncoder().encodeToString(sign(keyBytes, claims));
  }

  private static byte[] sign(byte[] key, String text) {
    try {
      Mac mac = Mac.getInstance(ALGORITHM);
      mac.init(new SecretKeySpec(key, ALGORITHM));
      return mac.doFinal(text.getBytes(StandardCharsets.UTF_8));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("Every Java platform has " + ALGORITHM, e);
    }
  }
}

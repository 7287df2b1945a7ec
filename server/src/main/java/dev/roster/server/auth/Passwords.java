package dev.roster.server.auth;

import dev.roster.server.config.RosterConfig;
import dev.roster.server.error.RequestTimeoutException;
import dev.roster.server.http.RequestContext;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Base64;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.bouncycastle.crypto.generators.Argon2BytesGenerator;
import org.bouncycastle.crypto.params.Argon2Parameters;

/**
 * Hashes passwords with Argon2id; nothing else of a password is ever kept.
 *
 * <p>Few hashes are computed at a time, so that callers who send passwords cannot take all memory
 * and processors; the others wait within the time of their request.
 */
@Singleton
public class Passwords {

  private static final int SALT_BYTES = 16;
  private static final int HASH_BYTES = 32;

  private static final Pattern PHC =
      Pattern.compile("\\$argon2id\\$v=19\\$m=(\\d+),t=(\\d+),p=1\\$([^$]+)\\$([^$]+)");

  private final SecureRandom random = new SecureRandom();
  private final int memoryKib;
  private final int iterations;
  private final int concurrency;
  private final Semaphore permits;

  @Inject
  Passwords(RosterConfig config) {
    RosterConfig.Passwords settings = config.passwords();
    this.memoryKib = settings.memoryKib();
    this.iterations = settings.iterations();
    this.concurrency =
        settings.concurrency() > 0
            ? settings.concurrency()
            : Runtime.getRuntime().availableProcessors();
    this.permits = new Semaphore(concurrency);
  }

  /** How many hashes are computed at a time at most. */
  public int concurrency() {
    return concurrency;
  }

  /**
   * Hashes a password under a new salt.
   *
   * @param password all its characters count
   * @param context whose remaining time bounds the waiting
   * @return the hash in the PHC string format ({@code $argon2id$v=19$m=...,t=...,p=1$salt$hash})
   * @throws RequestTimeoutException if the request's time is over before a hash could be computed
   */
  public String hash(String password, RequestContext context) {
    acquire(context.remaining());
    try {
      byte[] salt = new byte[SALT_BYTES];
      random.nextBytes(salt);
      Base64.Encoder base64 = Base64.getEncoder().withoutPadding();
      return "$argon2id$v=19$m=%d,t=%d,p=1$%s$%s"
          .formatted(
              memoryKib,
              iterations,
              base64.encodeToString(salt),
              base64.encodeToString(argon2id(password, salt, memoryKib, iterations, HASH_BYTES)));
    } finally {
      permits.release();
    }
  }

  /**
   * Tells whether a hash is that of a password, whatever cost it was made with.
   *
   * @param hash as {@link #hash} gave it
   * @param context whose remaining time bounds the waiting
   * @throws RequestTimeoutException if the request's time is over before it could be computed
   */
  public boolean verify(String password, String hash, RequestContext context) {
    Matcher parts = PHC.matcher(hash);
    if (!parts.matches()) {
      throw new IllegalArgumentException("Not a hash that was made here");
    }
    Base64.Decoder base64 = Base64.getDecoder();
    byte[] salt = base64.decode(parts.group(3));
    byte[] expected = base64.decode(parts.group(4));
    acquire(context.remaining());
    try {
      byte[] actual =
          argon2id(
              password,
              salt,
              Integer.parseInt(parts.group(1)),
              Integer.parseInt(parts.group(2)),
              expected.length);
      // Half a surrogate pair was hashed as the question mark that takes its place in UTF-8.
      return MessageDigest.isEqual(expected, actual)
          && StandardCharsets.UTF_8.newEncoder().canEncode(password);
    } finally {
      permits.release();
    }
  }

  /**
   * Tells whether a hash was made with the configured cost; others are replaced where the password
   * is known.
   *
   * @param hash as {@link #hash} gave it
   */
  public boolean hasPresentCost(String hash) {
    return hash.startsWith("$argon2id$v=19$m=%d,t=%d,p=1$".formatted(memoryKib, iterations));
  }

  private void acquire(Duration patience) {
    try {
      if (!permits.tryAcquire(patience.toNanos(), TimeUnit.NANOSECONDS)) {
        throw new RequestTimeoutException();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new RequestTimeoutException();
    }
  }

  private static byte[] argon2id(
      String password, byte[] salt, int memoryKib, int iterations, int length) {
    Argon2BytesGenerator generator = new Argon2BytesGenerator();
    generator.init(
        new Argon2Parameters.Builder(Argon2Parameters.ARGON2_id)
            .withVersion(Argon2Parameters.ARGON2_VERSION_13)
            .withMemoryAsKB(memoryKib)
            .withIterations(iterations)
            .withParallelism(1)
            .withSalt(salt)
            .build());
    byte[] hash = new byte[length];
    generator.generateBytes(password.getBytes(StandardCharsets.UTF_8), hash);
    return hash;
  }
}

package dev.roster.server.auth;

import com.nimbusds.jose.KeySourceException;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSelector;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.source.CachingJWKSetSource;
import com.nimbusds.jose.jwk.source.JWKSetCacheRefreshEvaluator;
import com.nimbusds.jose.jwk.source.JWKSetSource;
import com.nimbusds.jose.jwk.source.JWKSetUnavailableException;
import com.nimbusds.jose.jwk.source.JWKSource;
import com.nimbusds.jose.jwk.source.RateLimitReachedException;
import com.nimbusds.jose.jwk.source.RateLimitedJWKSetSource;
import com.nimbusds.jose.jwk.source.URLBasedJWKSetSource;
import com.nimbusds.jose.proc.SecurityContext;
import com.nimbusds.jose.util.DefaultResourceRetriever;
import java.io.IOException;
import java.net.MalformedURLException;
import java.net.URI;
import java.net.URL;
import java.nio.file.Path;
import java.text.ParseException;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import org.jboss.logging.Logger;

/**
 * The keys of an issuer, a JWK set in a file or at an http(s) URL.
 *
 * <p>They are kept for five minutes, and read again when a token names a key that is not among them
 * or has a signature that none of them explains, so that an issuer can change its keys at any time.
 * Anybody can send such tokens; a URL is therefore asked no more than twice in ten seconds.
 */
public final class TrustedKeys implements JWKSource<SecurityContext> {

  private static final Logger LOG = Logger.getLogger(TrustedKeys.class);

  private static final Duration KEPT = Duration.ofMinutes(5);
  private static final Duration PAUSE = Duration.ofSeconds(10);
  private static final Duration PATIENCE = Duration.ofSeconds(5);
  private static final int LARGEST_SET = 1024 * 1024;

  private final JWKSetSource<SecurityContext> kept;
  private final Clock clock;

  private TrustedKeys(JWKSetSource<SecurityContext> place, Clock clock) {
    // Whoever waits for another's reading waits for its connection and its answer.
    this.kept =
        new CachingJWKSetSource<>(
            new UsableKeys(place), KEPT.toMillis(), PATIENCE.multipliedBy(2).toMillis(), null);
    this.clock = clock;
  }

  /**
   * The keys at a place.
   *
   * @param place file, or http(s) URL
   * @throws IllegalArgumentException if the URL is none
   */
  static TrustedKeys at(String place, Clock clock) {
    if (!isUrl(place)) {
      return new TrustedKeys(new KeyFile(Path.of(place)), clock);
    }
    int patience = (int) PATIENCE.toMillis();
    return new TrustedKeys(
        new RateLimitedJWKSetSource<>(
            new URLBasedJWKSetSource<>(
                url(place), new DefaultResourceRetriever(patience, patience, LARGEST_SET)),
            PAUSE.toMillis(),
            null),
        clock);
  }

  /**
   * Reads the keys of a file once, to see whether that is possible; a URL is only looked at.
   *
   * @throws IOException if the file cannot be read or holds no key that tokens can be checked with,
   *     or the URL is none
   */
  public static void check(String place) throws IOException {
    try {
      if (isUrl(place)) {
        url(place);
      } else if (JWKSet.load(Path.of(place).toFile()).getKeys().stream()
          .noneMatch(UsableKeys::isUsable)) {
        throw new IOException("it holds no RSA key with 2048 bits or more and no EC key");
      }
    } catch (ParseException | IllegalArgumentException e) {
      throw new IOException(e.getMessage(), e);
    }
  }

  @Override
  public List<JWK> get(JWKSelector selector, SecurityContext context) throws KeySourceException {
    long now = clock.millis();
    JWKSet known = kept.getJWKSet(JWKSetCacheRefreshEvaluator.noRefresh(), now, context);
    List<JWK> fitting = selector.select(known);
    if (!fitting.isEmpty()) {
      return fitting;
    }
    try {
      return selector.select(
          kept.getJWKSet(JWKSetCacheRefreshEvaluator.referenceComparison(known), now, context));
    } catch (RateLimitReachedException e) {
      // Those that are kept have just been read.
      return fitting;
    }
  }

  /**
   * Reads the keys again, unless that happened just now.
   *
   * @return whether a token that the former keys did not explain is worth another look
   */
  boolean readAgain() {
    try {
      long now = clock.millis();
      JWKSet known = kept.getJWKSet(JWKSetCacheRefreshEvaluator.noRefresh(), now, null);
      kept.getJWKSet(JWKSetCacheRefreshEvaluator.referenceComparison(known), now, null);
      return true;
    } catch (RateLimitReachedException e) {
      // Another caller may have read them between this one's two looks.
      return true;
    } catch (KeySourceException e) {
      LOG.debug("The keys cannot be read again; those that are kept decide", e);
      return false;
    }
  }

  private static boolean isUrl(String place) {
    String lower = place.toLowerCase(Locale.ROOT);
    return lower.startsWith("http://") || lower.startsWith("https://");
  }

  private static URL url(String place) {
    URI uri = URI.create(place);
    if (uri.getHost() == null) {
      throw new IllegalArgumentException("it names no host");
    }
    try {
      return uri.toURL();
    } catch (MalformedURLException e) {
      throw new IllegalArgumentException(e.getMessage(), e);
    }
  }

  /** Reads the file whenever it is asked. */
  private record KeyFile(Path file) implements JWKSetSource<SecurityContext> {

    @Override
    public JWKSet getJWKSet(
        JWKSetCacheRefreshEvaluator refresh, long currentTime, SecurityContext context)
        throws KeySourceException {
      try {
        return JWKSet.load(file.toFile());
      } catch (IOException | ParseException e) {
        throw new JWKSetUnavailableException(e.getMessage(), e);
      }
    }

    @Override
    public void close() {
      // nothing is open
    }
  }
}

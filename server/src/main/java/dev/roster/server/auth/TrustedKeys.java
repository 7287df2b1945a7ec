package dev.roster.server.auth;

import com.nimbusds.jose.KeySourceException;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.source.JWKSetCacheRefreshEvaluator;
import com.nimbusds.jose.jwk.source.JWKSetSource;
import com.nimbusds.jose.jwk.source.JWKSetUnavailableException;
import com.nimbusds.jose.jwk.source.JWKSource;
import com.nimbusds.jose.jwk.source.JWKSourceBuilder;
import com.nimbusds.jose.proc.SecurityContext;
import com.nimbusds.jose.util.DefaultResourceRetriever;
import java.io.IOException;
import java.net.MalformedURLException;
import java.net.URI;
import java.net.URL;
import java.nio.file.Path;
import java.text.ParseException;
import java.time.Duration;

/**
 * The keys of an issuer, a JWK set in a file or at an http(s) URL.
 *
 * <p>They are kept for five minutes, and read again when a token names a key that is not among
 * them, so that an issuer can change its keys at any time.
 */
public final class TrustedKeys {

  private static final Duration KEPT = Duration.ofMinutes(5);
  private static final Duration PATIENCE = Duration.ofSeconds(5);
  private static final int LARGEST_SET = 1024 * 1024;

  private TrustedKeys() {}

  /**
   * The keys at a place.
   *
   * @param place file, or http(s) URL
   * @throws IllegalArgumentException if the URL is none
   */
  static JWKSource<SecurityContext> at(String place) {
    if (!isUrl(place)) {
      return JWKSourceBuilder.create(new KeyFile(Path.of(place)))
          .cache(KEPT.toMillis(), PATIENCE.toMillis())
          .rateLimited(false)
          .build();
    }
    int patience = (int) PATIENCE.toMillis();
    return JWKSourceBuilder.create(
            url(place), new DefaultResourceRetriever(patience, patience, LARGEST_SET))
        .cache(KEPT.toMillis(), PATIENCE.multipliedBy(2).toMillis())
        .build();
  }

  /**
   * Reads the keys of a file once, to see whether that is possible; a URL is only looked at.
   *
   * @throws IOException if the file cannot be read or holds no JWK set, or the URL is none
   */
  public static void check(String place) throws IOException {
    try {
      if (isUrl(place)) {
        url(place);
      } else if (JWKSet.load(Path.of(place).toFile()).isEmpty()) {
        throw new IOException("it holds no key");
      }
    } catch (ParseException | IllegalArgumentException e) {
      throw new IOException(e.getMessage(), e);
    }
  }

  private static boolean isUrl(String place) {
    return place.startsWith("http://") || place.startsWith("https://");
  }

  private static URL url(String place) {
    try {
      return URI.create(place).toURL();
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

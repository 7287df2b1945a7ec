package dev.roster.server.auth;

import com.nimbusds.jose.KeySourceException;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.KeyOperation;
import com.nimbusds.jose.jwk.KeyType;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.source.JWKSetCacheRefreshEvaluator;
import com.nimbusds.jose.jwk.source.JWKSetSource;
import com.nimbusds.jose.proc.SecurityContext;
import java.io.IOException;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;
import org.jboss.logging.Logger;

/**
 * Drops the keys of a set that must not verify signatures.
 *
 * <p>RSA keys have at least 2048 bits (RFC 7518, section 3.3), and a key that lists its operations
 * lists {@code verify}.
 */
final class UsableKeys implements JWKSetSource<SecurityContext> {

  private static final Logger LOG = Logger.getLogger(UsableKeys.class);

  private static final int SMALLEST_RSA_KEY = 2048;

  /** Longer ids are cut in the log. */
  private static final int LONGEST_ID = 100;

  private final JWKSetSource<SecurityContext> source;
  private final AtomicReference<List<String>> reported = new AtomicReference<>(List.of());

  UsableKeys(JWKSetSource<SecurityContext> source) {
    this.source = source;
  }

  /** Whether a key may verify signatures of bearer tokens. */
  static boolean isUsable(JWK key) {
    if (key.getKeyOperations() != null && !key.getKeyOperations().contains(KeyOperation.VERIFY)) {
      return false;
    }
    return key instanceof RSAKey rsa
        ? rsa.size() >= SMALLEST_RSA_KEY
        : KeyType.EC.equals(key.getKeyType());
  }

  @Override
  public JWKSet getJWKSet(
      JWKSetCacheRefreshEvaluator refresh, long currentTime, SecurityContext context)
      throws KeySourceException {
    JWKSet read = source.getJWKSet(refresh, currentTime, context);
    report(read.getKeys().stream().filter(key -> !isUsable(key)).map(UsableKeys::name).toList());
    return new JWKSet(read.getKeys().stream().filter(UsableKeys::isUsable).toList());
  }

  /** Once for each change, because the set is read again every few minutes. */
  private void report(List<String> dropped) {
    if (!dropped.isEmpty() && !dropped.equals(reported.getAndSet(dropped))) {
      LOG.warnf(
          "These keys of roster.bearer.keys are not used: %s. A key has to be RSA with at least %d"
              + " bits or EC, and to permit the operation verify.",
          dropped, SMALLEST_RSA_KEY);
    }
  }

  private static String name(JWK key) {
    String size = key instanceof RSAKey rsa ? ", " + rsa.size() + " bits" : "";
    return RefusedTokens.printable(
            Objects.requireNonNullElse(key.getKeyID(), "without kid"), LONGEST_ID)
        + " ("
        + key.getKeyType()
        + size
        + ")";
  }

  @Override
  public void close() throws IOException {
    source.close();
  }
}

package dev.roster.server.apimanagement;

import java.security.SecureRandom;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;

/**
 * A user's subscription to a product; a new service has those of its owner, and there are no more.
 */
record Subscription(
    String id, String userId, String product, Instant createdAt, VersionTag version) {

  /** The products that a new service comes with. */
  static final List<String> SAMPLE_PRODUCTS = List.of("starter", "unlimited");

  /** The pricing tier whose services come without products. */
  static final String TIER_WITHOUT_SAMPLES = "Consumption";

  private static final int ID_BYTES = 12;

  /** An id as the portal makes them: 24 hexadecimal digits. */
  static String newId(SecureRandom random) {
    byte[] id = new byte[ID_BYTES];
    random.nextBytes(id);
    return HexFormat.of().formatHex(id);
  }
}

package dev.roster.server.batch;

import java.security.SecureRandom;
import java.util.HexFormat;

/** Makes node ids as the service does: {@code tvmps_}, 64 hex digits, {@code _d} or {@code _p}. */
final class NodeIds {

  private static final int RANDOM_BYTES = 32;
  private static final SecureRandom RANDOM = new SecureRandom();

  private NodeIds() {}

  static String next(boolean dedicated) {
    byte[] random = new byte[RANDOM_BYTES];
    RANDOM.nextBytes(random);
    return "tvmps_" + HexFormat.of().formatHex(random) + (dedicated ? "_d" : "_p");
  }
}

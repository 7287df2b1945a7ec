package dev.roster.server.apimanagement;

import java.nio.ByteBuffer;
import java.util.Base64;
import java.util.List;
import java.util.Optional;

/**
 * The version of an entity, which becomes its entity tag: the base64 form of big-endian counters of
 * eight bytes, like the row versions of SQL Server.
 *
 * @param version the entity's counter
 * @param companion the counter of what belongs to it; users have one
 */
record VersionTag(long version, Optional<Long> companion) {

  /** The version of an entity with one counter. */
  static VersionTag of(long version) {
    return new VersionTag(version, Optional.empty());
  }

  /** The tag with its quotes, as ETag carries it. */
  String quoted() {
    return '"' + full() + '"';
  }

  /** The tag of the entity's own counter with its quotes, as the answer to a PATCH carries it. */
  String shortQuoted() {
    return '"' + encoded(version) + '"';
  }

  /** Both tags without quotes; either names this version. */
  List<String> opaque() {
    return List.of(full(), encoded(version));
  }

  private String full() {
    return companion.map(counter -> encoded(version, counter)).orElseGet(() -> encoded(version));
  }

  /** The tag without its quotes, as the body of a service carries it. */
  String unquoted() {
    return full();
  }

  private static String encoded(long... counters) {
    ByteBuffer bytes = ByteBuffer.allocate(counters.length * Long.BYTES);
    for (long counter : counters) {
      bytes.putLong(counter);
    }
    return Base64.getEncoder().encodeToString(bytes.array());
  }
}

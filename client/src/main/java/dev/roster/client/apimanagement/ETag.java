package dev.roster.client.apimanagement;

import java.util.Objects;

/**
 * The version of an entity, or {@link #ANY}.
 *
 * <p>Take it from {@link ApiManagementResponse#eTag()} and hand it back: an update then fails when
 * somebody else's came first. Its text means nothing else to a caller.
 *
 * @param value the tag as it travels, quotes included, such as {@code "AAAAAAAAC/k="}
 */
public record ETag(String value) {

  /** Stands for whatever version is there: the update goes through in any case. */
  public static final ETag ANY = new ETag("*");

  /**
   * Takes the text of a tag.
   *
   * @throws IllegalArgumentException if it is blank, which would count as no condition at all, or
   *     has characters that a header cannot carry
   */
  public ETag {
    Objects.requireNonNull(value, "value");
    if (!usable(value)) {
      throw new IllegalArgumentException("A header cannot carry the entity tag '" + value + "'");
    }
  }

  /**
   * Takes a tag that was kept as text.
   *
   * @param value as in an ETag header, quotes included
   * @return the tag
   * @throws IllegalArgumentException if it is blank or has characters that a header cannot carry
   */
  public static ETag of(String value) {
    return new ETag(value);
  }

  /** The tag of an answer; null if there is none that could be sent back. */
  static ETag read(String header) {
    return header == null || !usable(header) ? null : new ETag(header);
  }

  private static boolean usable(String value) {
    return !value.isBlank() && value.chars().allMatch(c -> c >= ' ' && c != 0x7f && c <= 0xff);
  }

  /** Writes the tag as it travels. */
  @Override
  public String toString() {
    return value;
  }
}

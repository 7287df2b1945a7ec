package dev.roster.server.azurepack;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/**
 * An enumeration whose constants have a number, which is their place, in JSON and a name in XML.
 */
interface WireNamed {

  /** The number in JSON. */
  int ordinal();

  /** The name in XML. */
  String wireName();

  /** The constant of a number, or of a name in any case. */
  static <E extends Enum<E> & WireNamed> Optional<E> of(Class<E> type, String text) {
    String name = text.toLowerCase(Locale.ROOT);
    return Arrays.stream(type.getEnumConstants())
        .filter(
            constant ->
                constant.wireName().toLowerCase(Locale.ROOT).equals(name)
                    || Integer.toString(constant.ordinal()).equals(text))
        .findFirst();
  }
}

package dev.roster.server.nimble;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.roster.server.error.ApiException;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The members of a body's data, each of which is read once as the type that it has to be of. */
final class Arguments {

  private final ObjectNode data;
  private final boolean ignoresNull;

  /**
   * Begins to read.
   *
   * @param ignoresNull whether null is as good as absent
   * @param taken the members that the operation takes
   * @throws ApiException SM_unexpected_arg for another member
   */
  Arguments(ObjectNode data, boolean ignoresNull, List<String> taken) {
    this.data = data;
    this.ignoresNull = ignoresNull;
    for (Iterator<String> names = data.fieldNames(); names.hasNext(); ) {
      String name = names.next();
      if (!taken.contains(name)) {
        throw NimbleErrors.unexpectedArgument(name);
      }
    }
  }

  /**
   * A text.
   *
   * @throws ApiException SM_invalid_arg_value
   */
  Optional<String> text(String name, TextType type) {
    return value(name).map(value -> text(name, type, value));
  }

  /**
   * A text that has to be there.
   *
   * @throws ApiException SM_missing_arg, SM_invalid_arg_value
   */
  String requiredText(String name, TextType type) {
    return text(name, type).orElseThrow(() -> NimbleErrors.missingArgument(name));
  }

  /**
   * A text, or a number that is taken for its text.
   *
   * @throws ApiException SM_invalid_arg_value
   */
  Optional<String> textOrNumber(String name, TextType type) {
    return value(name)
        .map(value -> value.isNumber() ? (JsonNode) data.textNode(value.asText()) : value)
        .map(value -> text(name, type, value));
  }

  private static String text(String name, TextType type, JsonNode value) {
    if (!value.isTextual() || !type.allows(value.textValue())) {
      throw type.isSecret()
          ? NimbleErrors.invalidSecret(name, type.expected())
          : invalid(name, value, type.expected());
    }
    return value.textValue();
  }

  /**
   * A number of seconds.
   *
   * @throws ApiException SM_invalid_arg_value
   */
  Optional<Long> seconds(String name, long longest) {
    return value(name)
        .map(
            value ->
                Values.number(value)
                    .filter(number -> number >= 0 && number <= longest)
                    .orElseThrow(
                        () ->
                            invalid(
                                name, value, "a whole number from 0 to %d".formatted(longest))));
  }

  /**
   * True or false.
   *
   * @throws ApiException SM_invalid_arg_value
   */
  Optional<Boolean> flag(String name) {
    return value(name)
        .map(value -> Values.flag(value).orElseThrow(() -> invalid(name, value, "true or false")));
  }

  /** The value of a member, which is not null unless null is a value like any other. */
  private Optional<JsonNode> value(String name) {
    JsonNode value = data.get(name);
    return value == null || value.isNull() && ignoresNull ? Optional.empty() : Optional.of(value);
  }

  private static ApiException invalid(String name, JsonNode value, String expected) {
    return NimbleErrors.invalidValue(
        name,
        value.isValueNode() ? value.asText() : value.getNodeType().name().toLowerCase(Locale.ROOT),
        expected);
  }
}

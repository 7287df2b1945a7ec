package dev.roster.server.nimble;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Optional;

/**
 * The members of the objects of a set, in the order in which they are written.
 *
 * @param brief the members that a list without details has
 * @param order the member that decides where nothing else does
 */
record ObjectSet<R>(List<Field<R>> fields, List<Field<R>> brief, Field<R> order) {

  /** Makes a set out of its members. */
  static <R> ObjectSet<R> of(List<Field<R>> fields, String order, String... brief) {
    return new ObjectSet<>(
        List.copyOf(fields),
        fields.stream().filter(field -> List.of(brief).contains(field.name())).toList(),
        fields.stream().filter(field -> field.name().equals(order)).findFirst().orElseThrow());
  }

  /** The member of that name; case counts. */
  Optional<Field<R>> field(String name) {
    return fields.stream().filter(field -> field.name().equals(name)).findFirst();
  }

  /** An object with all its members. */
  ObjectNode write(R object) {
    return write(object, fields);
  }

  /** An object with some of its members. */
  static <R> ObjectNode write(R object, List<Field<R>> members) {
    ObjectNode node = JsonNodeFactory.instance.objectNode();
    for (Field<R> member : members) {
      Object value = member.value().apply(object);
      if (value instanceof Long number) {
        node.put(member.name(), number);
      } else if (value instanceof Boolean flag) {
        node.put(member.name(), flag);
      } else {
        node.put(member.name(), (String) value);
      }
    }
    return node;
  }
}

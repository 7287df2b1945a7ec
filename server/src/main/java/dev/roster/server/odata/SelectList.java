package dev.roster.server.odata;

import java.util.HashSet;
import java.util.Set;
import java.util.function.Predicate;

/** The properties that a client asked for with {@code $select}. */
public final class SelectList {

  /** Every property, as without {@code $select}. */
  public static final SelectList ALL = new SelectList(name -> true);

  private final Predicate<String> selected;

  private SelectList(Predicate<String> selected) {
    this.selected = selected;
  }

  /**
   * Parses names separated by commas, with or without blanks around them; repetition is allowed.
   *
   * @param known the names that may be selected, which have to match exactly
   * @throws ODataSyntaxException if a name is missing or not known
   */
  public static SelectList parse(String text, Set<String> known) {
    return parse(text, known::contains);
  }

  /**
   * Parses names of entities that may have any property.
   *
   * @throws ODataSyntaxException if a name is missing
   */
  public static SelectList parse(String text) {
    return parse(text, name -> true);
  }

  private static SelectList parse(String text, Predicate<String> known) {
    Set<String> names = new HashSet<>();
    int start = 0;
    while (start <= text.length()) {
      int comma = text.indexOf(',', start);
      int end = comma < 0 ? text.length() : comma;
      names.add(name(text, start, end, known));
      start = end + 1;
    }
    return new SelectList(Set.copyOf(names)::contains);
  }

  /** Whether a property belongs in the answer. */
  public boolean includes(String name) {
    return selected.test(name);
  }

  private static String name(String text, int start, int end, Predicate<String> known) {
    String item = text.substring(start, end);
    String name = item.strip();
    if (name.isEmpty()) {
      throw new ODataSyntaxException(end + 1, "the name of a property is missing");
    }
    if (!known.test(name)) {
      int position = start + item.indexOf(name) + 1;
      throw new ODataSyntaxException(
          position, ODataSyntaxException.excerpt(name) + " is not a property that can be selected");
    }
    return name;
  }
}

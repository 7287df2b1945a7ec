package dev.roster.specs;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/**
 * One API's contract and the notes beside it.
 *
 * @param name the folder, such as {@code azure-batch}
 * @param document the parsed {@code openapi.yaml}
 * @param notes the text of {@code NOTES.md}
 */
record Contract(String name, Map<?, ?> document, String notes) {

  private static final Path SPECS = Path.of(System.getProperty("testing.specs"));
  private static final Set<String> VERBS =
      Set.of("get", "put", "post", "delete", "head", "patch", "options");
  private static final List<String> NAMES = List.of("name", "code", "id", "url");

  /**
   * A node of the document.
   *
   * @param pointer the JSON pointer to it, which leads through no {@code $ref}
   */
  record Place(String pointer, Object node) {}

  /**
   * An operation.
   *
   * @param item the pointer to the path item around it
   * @param pointer the pointer to it
   */
  record Operation(String item, String pointer, Map<?, ?> node) {

    /** Such as {@code GET}. */
    String verb() {
      return pointer.substring(item.length() + 1).toUpperCase(Locale.ROOT);
    }

    /** The path as the contract has it. */
    String path() {
      return unescape(item.substring("#/paths/".length()));
    }

    String id() {
      return (String) node.get("operationId");
    }

    /** The page of the vendor's documentation. */
    String page() {
      return (String) ((Map<?, ?>) node.get("externalDocs")).get("url");
    }

    List<Map<?, ?>> rules() {
      return rulesOf(node);
    }
  }

  /** All contracts of the project. */
  static Stream<Contract> all() throws IOException {
    try (Stream<Path> folders = Files.list(SPECS)) {
      return folders
          .filter(folder -> Files.exists(folder.resolve("openapi.yaml")))
          .sorted()
          .map(Contract::read)
          .toList()
          .stream();
    }
  }

  static Contract of(String name, String yaml, String notes) {
    return new Contract(name, new Yaml(new SafeConstructor(new LoaderOptions())).load(yaml), notes);
  }

  private static Contract read(Path folder) {
    try {
      return of(
          folder.getFileName().toString(),
          Files.readString(folder.resolve("openapi.yaml")),
          Files.readString(folder.resolve("NOTES.md")));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  List<Operation> operations() {
    List<Operation> operations = new ArrayList<>();
    map(document, "paths")
        .forEach(
            (path, item) -> {
              String pointer = "#/paths/" + escape(path);
              ((Map<?, ?>) item)
                  .forEach(
                      (verb, node) -> {
                        if (VERBS.contains(verb)) {
                          operations.add(
                              new Operation(pointer, pointer + "/" + verb, (Map<?, ?>) node));
                        }
                      });
            });
    return operations;
  }

  /** The rules of all operations in common, and those of each. */
  List<Map<?, ?>> rules() {
    List<Map<?, ?>> rules = new ArrayList<>(rulesOf(document));
    operations().forEach(operation -> rules.addAll(operation.rules()));
    return rules;
  }

  /**
   * Where a JSON pointer leads.
   *
   * <p>References are followed on the way, and elements of a list are named by their name, code,
   * id, URL, only key or value: {@code #/paths/~1users/get/parameters/limit}.
   */
  Optional<Place> at(String pointer) {
    if (pointer.equals("#")) {
      return Optional.of(new Place("#", document));
    }
    if (!pointer.startsWith("#/")) {
      return Optional.empty();
    }
    int last = pointer.lastIndexOf('/');
    return at(pointer.substring(0, last))
        .flatMap(parent -> child(parent, unescape(pointer.substring(last + 1))));
  }

  /** What a place refers to, or the place itself. */
  Place follow(Place place) {
    if (place.node() instanceof Map<?, ?> map && map.get("$ref") instanceof String reference) {
      return follow(
          at(reference).orElseThrow(() -> new IllegalStateException(place + " refers to nothing")));
    }
    return place;
  }

  /** A place below another one, whose references are followed. */
  Optional<Place> child(Place parent, String name) {
    Place target = follow(parent);
    String pointer = target.pointer() + "/" + escape(name);
    if (target.node() instanceof Map<?, ?> map && map.containsKey(name)) {
      return Optional.of(new Place(pointer, map.get(name)));
    }
    if (target.node() instanceof List<?> list) {
      return list.stream()
          .flatMap(element -> named(element, name))
          .findFirst()
          .map(node -> new Place(pointer, node));
    }
    return Optional.empty();
  }

  /** The places below another one: the members of a map, or the elements of a list. */
  List<Place> children(Place parent) {
    Place target = follow(parent);
    List<Place> children = new ArrayList<>();
    if (target.node() instanceof Map<?, ?> map) {
      map.forEach(
          (key, node) -> children.add(new Place(target.pointer() + "/" + escape(key), node)));
    } else if (target.node() instanceof List<?> list) {
      list.forEach(
          element ->
              children.add(new Place(target.pointer() + "/" + escape(nameOf(element)), element)));
    }
    return children;
  }

  private Stream<Object> named(Object element, String name) {
    if (element instanceof Map<?, ?> entry && entry.size() == 1 && entry.containsKey(name)) {
      return Stream.of(entry.get(name));
    }
    return nameOf(element).equals(name) ? Stream.of(element) : Stream.empty();
  }

  private String nameOf(Object element) {
    if (follow(new Place("", element)).node() instanceof Map<?, ?> entry) {
      return NAMES.stream()
          .map(entry::get)
          .filter(Objects::nonNull)
          .map(String::valueOf)
          .findFirst()
          .orElse("");
    }
    return String.valueOf(element);
  }

  private static List<Map<?, ?>> rulesOf(Map<?, ?> node) {
    List<Map<?, ?>> rules = new ArrayList<>();
    if (node.get("x-rules") instanceof List<?> list) {
      list.forEach(rule -> rules.add((Map<?, ?>) rule));
    }
    return rules;
  }

  static Map<?, ?> map(Map<?, ?> node, String key) {
    return node.get(key) instanceof Map<?, ?> map ? map : Map.of();
  }

  private static String escape(Object token) {
    return String.valueOf(token).replace("~", "~0").replace("/", "~1");
  }

  private static String unescape(String token) {
    return token.replace("~1", "/").replace("~0", "~");
  }

  @Override
  public String toString() {
    return name;
  }
}

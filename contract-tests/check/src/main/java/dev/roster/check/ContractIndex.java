package dev.roster.check;

import java.io.StringReader;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;

/** The rules and operations of one contract, and the lines where they stand. */
public final class ContractIndex {

  /**
   * A behaviour that a contract promises.
   *
   * @param says one sentence
   * @param evidence {@code page}, {@code recorded}, {@code client} or {@code choice}
   * @param line in the contract, from 1
   */
  public record Rule(String id, String says, String evidence, int line) {}

  private record Operation(String method, List<String> segments, String id) {}

  private final Map<String, Rule> rules = new LinkedHashMap<>();
  private final List<Operation> operations = new ArrayList<>();
  private final List<String> versions = new ArrayList<>();

  private ContractIndex() {}

  /** Reads the contract of an API. */
  public static ContractIndex of(Api api) {
    LoaderOptions options = new LoaderOptions();
    options.setCodePointLimit(Integer.MAX_VALUE);
    ContractIndex index = new ContractIndex();
    Node contract = new Yaml(options).compose(new StringReader(api.contract().text()));
    index.addRules(contract);
    for (NodeTuple path : members(member(contract, "paths"))) {
      for (NodeTuple verb : members(path.getValueNode())) {
        Node operationId = member(verb.getValueNode(), "operationId");
        if (operationId != null) {
          index.operations.add(
              new Operation(
                  text(verb.getKeyNode()).toUpperCase(Locale.ROOT),
                  segments(text(path.getKeyNode())),
                  text(operationId)));
          index.addRules(verb.getValueNode());
        }
      }
    }
    Node parameter = member(member(member(contract, "components"), "parameters"), "api-version");
    if (member(member(parameter, "schema"), "enum") instanceof SequenceNode list) {
      list.getValue().forEach(version -> index.versions.add(text(version)));
    }
    return index;
  }

  /** The versions of the API that the service serves, oldest first; empty if it has none. */
  public List<String> versions() {
    return Collections.unmodifiableList(versions);
  }

  /** The rules, by id, in the contract's order. */
  public Map<String, Rule> rules() {
    return Collections.unmodifiableMap(rules);
  }

  /** The operation that a request is meant for. */
  public Optional<String> operationId(String method, String path) {
    List<String> segments = segments(path);
    return operations.stream()
        .filter(operation -> operation.method().equalsIgnoreCase(method))
        .filter(operation -> matches(operation.segments(), segments))
        .max((one, other) -> Long.compare(literals(one.segments()), literals(other.segments())))
        .map(Operation::id);
  }

  private static boolean matches(List<String> template, List<String> path) {
    if (template.size() != path.size()) {
      return false;
    }
    for (int i = 0; i < path.size(); i++) {
      if (!isVariable(template.get(i)) && !template.get(i).equals(path.get(i))) {
        return false;
      }
    }
    return true;
  }

  private static long literals(List<String> template) {
    return template.stream().filter(segment -> !isVariable(segment)).count();
  }

  private static boolean isVariable(String segment) {
    return segment.startsWith("{");
  }

  private static List<String> segments(String path) {
    return List.of(path.split("/", -1));
  }

  private void addRules(Node owner) {
    Node list = member(owner, "x-rules");
    if (list != null) {
      for (Node rule : ((SequenceNode) list).getValue()) {
        String id = text(member(rule, "id"));
        rules.put(
            id,
            new Rule(
                id,
                text(member(rule, "says")),
                text(member(rule, "evidence")),
                rule.getStartMark().getLine() + 1));
      }
    }
  }

  private static List<NodeTuple> members(Node node) {
    return node instanceof MappingNode mapping ? mapping.getValue() : List.of();
  }

  private static Node member(Node node, String name) {
    return members(node).stream()
        .filter(member -> text(member.getKeyNode()).equals(name))
        .map(NodeTuple::getValueNode)
        .findFirst()
        .orElse(null);
  }

  private static String text(Node node) {
    return ((ScalarNode) node).getValue();
  }
}

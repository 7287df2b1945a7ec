package dev.roster.server.config;

import io.smallrye.config.ConfigMappings;
import io.smallrye.config.ConfigMappings.ConfigClass;
import io.smallrye.config.EnvConfigSource;
import io.smallrye.config.SmallRyeConfig;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.StringJoiner;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.eclipse.microprofile.config.spi.ConfigSource;

/**
 * Refuses {@code ROSTER_*} variables that set no property, whether they come from the environment
 * or from a {@code .env} file. MicroProfile Config itself ignores them.
 */
final class EnvironmentVariables {

  private static final String PREFIX = "ROSTER_";

  /** How names of maps end, whose keys the deployer chooses. */
  private static final String ANY_KEY = ".*";

  /** A name that differs in more letters is no help. */
  private static final int MOST_DIFFERENCES = 3;

  private EnvironmentVariables() {}

  /**
   * Refuses variables without a property.
   *
   * @param choices names of the properties that switch rules
   * @throws StartupException that names each such variable, and the one that it resembles
   */
  static void check(SmallRyeConfig config, Collection<String> choices) {
    Set<String> names = new TreeSet<>(forms(fixedProperties()));
    names.addAll(forms(choices));
    List<String> maps = forms(mapProperties()).stream().sorted().toList();
    StringJoiner unknown = new StringJoiner("; ");
    variables(config).stream()
        .filter(variable -> !names.contains(variable))
        .filter(variable -> maps.stream().noneMatch(map -> isKeyOf(map, variable)))
        .forEach(variable -> unknown.add(refusal(variable, names)));
    if (unknown.length() > 0) {
      throw new StartupException(unknown + ".");
    }
  }

  /** Whether a source has variables, whose names say less than those of properties. */
  static boolean hasVariables(ConfigSource source) {
    return source instanceof EnvConfigSource;
  }

  /** The properties with one name each. */
  static Set<String> fixedProperties() {
    return properties().stream().filter(name -> !name.contains("*")).collect(Collectors.toSet());
  }

  /** The beginnings of the properties that a deployer completes; choices are not among them. */
  private static Set<String> mapProperties() {
    return properties().stream()
        .filter(name -> name.endsWith(ANY_KEY) && name.indexOf('*') == name.length() - 1)
        .map(name -> name.substring(0, name.length() - 1))
        .collect(Collectors.toSet());
  }

  private static Set<String> properties() {
    return ConfigMappings.getProperties(ConfigClass.configClass(RosterConfig.class)).keySet();
  }

  private static Set<String> forms(Collection<String> names) {
    return names.stream().map(EnvironmentForm::of).collect(Collectors.toSet());
  }

  private static Set<String> variables(SmallRyeConfig config) {
    Set<String> variables = new TreeSet<>();
    for (ConfigSource source : config.getConfigSources()) {
      if (hasVariables(source)) {
        source.getPropertyNames().stream()
            .filter(name -> name.startsWith(PREFIX))
            .forEach(variables::add);
      }
    }
    return variables;
  }

  private static boolean isKeyOf(String map, String variable) {
    return variable.startsWith(map) && variable.length() > map.length();
  }

  private static String refusal(String variable, Set<String> names) {
    return names.stream()
        .filter(name -> differences(letters(name), letters(variable)) <= MOST_DIFFERENCES)
        .min(Comparator.comparingInt(name -> differences(letters(name), letters(variable))))
        .map(name -> "there is no variable " + variable + "; the nearest is " + name)
        .orElse("there is no variable " + variable + "; the README lists the properties");
  }

  private static String letters(String name) {
    return name.replace("_", "");
  }

  /** Levenshtein's distance. */
  private static int differences(String one, String other) {
    int[] row = new int[other.length() + 1];
    for (int j = 0; j <= other.length(); j++) {
      row[j] = j;
    }
    for (int i = 1; i <= one.length(); i++) {
      int diagonal = row[0];
      row[0] = i;
      for (int j = 1; j <= other.length(); j++) {
        int replaced = diagonal + (one.charAt(i - 1) == other.charAt(j - 1) ? 0 : 1);
        diagonal = row[j];
        row[j] = Math.min(replaced, Math.min(row[j], row[j - 1]) + 1);
      }
    }
    return row[other.length()];
  }
}

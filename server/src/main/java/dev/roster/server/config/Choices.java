package dev.roster.server.config;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.smallrye.config.SmallRyeConfig;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.eclipse.microprofile.config.Config;
import org.eclipse.microprofile.config.spi.ConfigSource;

/**
 * The variants that the deployer chose for the behaviours that the sources leave open.
 *
 * <p>A rule with {@code variants} in a contract is switched with {@code roster.choices.<rule
 * id>=<variant>}; without a choice its first variant holds.
 */
@Singleton
public class Choices {

  private static final String PREFIX = "roster.choices.";

  private final Map<String, String> variants;

  @Inject
  Choices(Config config) {
    this.variants = chosen(config);
  }

  /**
   * Tells whether a variant of a switchable rule is in force.
   *
   * @throws IllegalArgumentException if no contract has such a rule; a mistake in the code
   */
  public boolean is(String ruleId, String variant) {
    String current = variants.get(ruleId);
    if (current == null) {
      throw new IllegalArgumentException("No contract has a switchable rule " + ruleId);
    }
    return current.equals(variant);
  }

  /**
   * Refuses unknown rule ids and variants.
   *
   * @throws StartupException naming the property and the variants that it takes
   */
  static void check(SmallRyeConfig config) {
    Set<String> known = properties();
    chosen(config);
    for (ConfigSource source : config.getConfigSources()) {
      // A variable cannot tell dots from dashes; EnvironmentVariables checks those.
      if (!EnvironmentVariables.hasVariables(source)) {
        source.getPropertyNames().stream()
            .filter(property -> property.startsWith(PREFIX) && !known.contains(property))
            .findFirst()
            .ifPresent(Choices::refuse);
      }
    }
  }

  /** The names of the properties that switch rules. */
  static Set<String> properties() {
    return switchableRules().keySet().stream()
        .map(ruleId -> PREFIX + ruleId)
        .collect(Collectors.toSet());
  }

  private static void refuse(String property) {
    throw new StartupException(
        property + " names no switchable rule; the contracts list them under x-rules.");
  }

  private static Map<String, String> chosen(Config config) {
    Map<String, String> chosen = new LinkedHashMap<>();
    switchableRules()
        .forEach(
            (ruleId, variants) -> {
              String variant =
                  config.getOptionalValue(PREFIX + ruleId, String.class).orElse(variants.get(0));
              if (!variants.contains(variant)) {
                throw new StartupException(
                    PREFIX + ruleId + "=" + variant + " is not one of " + variants + ".");
              }
              chosen.put(ruleId, variant);
            });
    return chosen;
  }

  private static Map<String, List<String>> switchableRules() {
    Map<String, List<String>> rules = new LinkedHashMap<>();
    try (InputStream index = Choices.class.getResourceAsStream("/roster/rules.json")) {
      for (JsonNode rule : new ObjectMapper().readTree(index)) {
        List<String> variants = new ArrayList<>();
        rule.get("variants").forEach(variant -> variants.add(variant.asText()));
        if (!variants.isEmpty()) {
          rules.put(rule.get("id").asText(), variants);
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException("The rule index of the package cannot be read", e);
    }
    return rules;
  }
}

package dev.roster.server.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.Tag;
import io.micrometer.core.instrument.config.MeterFilter;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.HashSet;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Gives the metrics of requests labels that no caller can invent: paths of the contracts with their
 * placeholders, and verbs of HTTP.
 *
 * <p>A path as it came may hold a user's name or a session's token, and each new one would take
 * memory for good.
 */
@Singleton
class MetricLabels {

  private static final String OTHER = "other";
  private static final Set<String> VERBS =
      Set.of("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS");

  /** The values that Micrometer uses in place of a path. */
  private static final Set<String> NO_PATHS = Set.of("NOT_FOUND", "REDIRECTION", "UNKNOWN", "root");

  /** The filter, which Quarkus finds. */
  @Produces
  @Singleton
  MeterFilter closed() {
    Set<String> paths = paths();
    return new MeterFilter() {
      @Override
      public Meter.Id map(Meter.Id id) {
        if (!id.getName().startsWith("http.server.")) {
          return id;
        }
        return id.replaceTags(id.getTags().stream().map(tag -> closed(tag, paths)).toList());
      }
    };
  }

  private static Tag closed(Tag tag, Set<String> paths) {
    return switch (tag.getKey()) {
      case "uri" -> Tag.of("uri", path(tag.getValue(), paths));
      case "method" -> VERBS.contains(tag.getValue()) ? tag : Tag.of("method", OTHER);
      default -> tag;
    };
  }

  private static String path(String path, Set<String> paths) {
    if (paths.contains(path) || NO_PATHS.contains(path)) {
      return path;
    }
    return Stream.of("/q", "/roster")
        .filter(own -> path.equals(own) || path.startsWith(own + "/"))
        .findFirst()
        .orElse(OTHER);
  }

  private static Set<String> paths() {
    try (InputStream index = MetricLabels.class.getResourceAsStream("/roster/paths.json")) {
      Set<String> paths = new HashSet<>();
      for (JsonNode api : new ObjectMapper().readTree(index)) {
        api.fieldNames().forEachRemaining(paths::add);
      }
      return paths;
    } catch (IOException e) {
      throw new UncheckedIOException("The path index of the package cannot be read", e);
    }
  }
}

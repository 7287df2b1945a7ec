package dev.roster.server.batch;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.roster.testing.Answer;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** What tests of listings share. */
final class Listings {

  private static final int MOST_PAGES = 20;

  private Listings() {}

  /** A path with one query parameter, its value encoded. */
  static String path(String path, String parameter, String value) {
    return path + (path.contains("?") ? "&" : "?") + parameter + "=" + encoded(value);
  }

  static String encoded(String value) {
    return URLEncoder.encode(value, StandardCharsets.UTF_8).replace("+", "%20");
  }

  /** The ids on one page. */
  static List<String> ids(Answer answer) {
    assertThat(answer.status()).as(answer.text()).isEqualTo(200);
    List<String> ids = new ArrayList<>();
    for (JsonNode item : answer.json().get("value")) {
      ids.add(item.get("id").asText());
    }
    return ids;
  }

  /** Gets a page and all that its links lead to; the links are called as they are. */
  static List<Answer> pages(BatchWorld world, String path) {
    List<Answer> pages = new ArrayList<>();
    pages.add(world.call("GET", path).send());
    while (lastOf(pages).json().has("odata.nextLink")) {
      assertThat(pages).hasSizeLessThan(MOST_PAGES);
      pages.add(follow(world, lastOf(pages).json().get("odata.nextLink").asText()));
    }
    return pages;
  }

  /** Calls a link as it is. */
  static Answer follow(BatchWorld world, String link) {
    assertThat(link).startsWith(world.origin() + "/");
    return world
        .anonymous("GET", link.substring(world.origin().length()))
        .header("Authorization", BatchWorld.BEARER)
        .send();
  }

  private static Answer lastOf(List<Answer> pages) {
    return pages.get(pages.size() - 1);
  }
}

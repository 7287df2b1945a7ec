package dev.roster.check.azurepack;

import static dev.roster.check.azurepack.PackService.USERS;
import static dev.roster.check.azurepack.PackService.assertError;
import static dev.roster.check.azurepack.PackService.members;
import static dev.roster.check.azurepack.PackService.names;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.roster.testing.Answer;
import dev.roster.testing.Covers;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class ListBehaviours {

  @RegisterExtension final PackService pack = new PackService();

  @Test
  @Covers("pack.list-users.envelope")
  void listHasItemsAndTwoCounts() {
    String name = pack.newUser();

    Answer answer = pack.request("GET", USERS).send();

    assertThat(answer.status()).isEqualTo(200);
    JsonNode list = answer.json();
    assertThat(members(list))
        .containsExactlyInAnyOrder("items", "filteredTotalCount", "totalCount");
    assertThat(names(answer)).contains(name);
    assertThat(list.get("totalCount").asInt()).isEqualTo(list.get("items").size());
    assertThat(list.get("filteredTotalCount")).isEqualTo(list.get("totalCount"));
    for (JsonNode user : list.get("items")) {
      if (user.get("Name").asText().equals(name)) {
        assertThat(user).isEqualTo(pack.read(name));
      }
    }
  }

  @Test
  @Covers("pack.list-users.envelope")
  void countsAreThoseOfAllPages() {
    pack.newUser();
    pack.newUser();

    JsonNode page = pack.request("GET", USERS + "?take=1").send().json();

    assertThat(page.get("items")).hasSize(1);
    assertThat(page.get("totalCount").asInt()).isGreaterThanOrEqualTo(2);
    assertThat(page.get("filteredTotalCount").asInt()).isGreaterThanOrEqualTo(2);
  }

  @Test
  @Covers("pack.list-users.page")
  void skippedUsersAreLeftOutAndNoMoreThanWantedCome() {
    pack.newUser();
    pack.newUser();

    List<String> two = names(pack.request("GET", USERS + "?skip=0&take=2").send());
    List<String> second = names(pack.request("GET", USERS + "?skip=1&take=1").send());

    assertThat(two).hasSize(2);
    assertThat(second).containsExactly(two.get(1));
    assertThat(names(pack.request("GET", USERS + "?take=0").send())).isEmpty();
    assertThat(names(pack.request("GET", USERS + "?skip=2000000000&take=1").send())).isEmpty();
  }

  @Test
  @Covers("pack.list-users.parameters-incorrect")
  void incorrectParametersAreNotFound() {
    for (String query :
        List.of(
            "skip=one",
            "take=1.5",
            "take=some",
            "sortProperty=Nothing",
            "sortProperty=Name&sortDirection=sideways")) {
      assertError(pack.request("GET", USERS + "?" + query).send(), 404);
    }
  }
}

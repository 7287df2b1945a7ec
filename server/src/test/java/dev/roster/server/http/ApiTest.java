package dev.roster.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ApiTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/pools",
        "pools",
        "/pools/",
        "/pools?x=/",
        "/pools;x=y",
        "/pools/p/nodes/n/users/u",
        "/jobs/j",
        "/jobschedules",
        "/certificates",
        "/applications",
        "/supportedimages",
        "/nodecounts",
        "/poolusagemetrics",
        "/lifetimepoolstats",
        "/lifetimejobstats"
      })
  void rootsOfTheBatchServiceAreAzureBatch(String path) {
    assertThat(Api.ofPath(path)).contains(Api.AZURE_BATCH);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "/", "/pool", "/poolsx", "/Pools", "/q/health", "/roster/pools", "?pools"})
  void otherPathsAreNoApis(String path) {
    assertThat(Api.ofPath(path)).isEmpty();
  }
}

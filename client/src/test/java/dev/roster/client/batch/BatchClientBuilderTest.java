package dev.roster.client.batch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.roster.client.http.BuilderOfEveryClient;
import org.junit.jupiter.api.Test;

class BatchClientBuilderTest extends BatchClientTest implements BuilderOfEveryClient {

  private static BatchClientBuilder complete() {
    return BatchClient.builder().endpoint("http://localhost:8080").bearer(() -> "t");
  }

  @Test
  void badKeyIsRefusedWithoutBeingQuoted() {
    assertThatThrownBy(() -> complete().sharedKey("devbatch", "s3cret*key"))
        .isExactlyInstanceOf(IllegalArgumentException.class)
        .hasMessage("The account key is not base64")
        .hasNoCause();
  }

  @Test
  void builtClientIgnoresALaterVersion() {
    BatchClientBuilder builder = complete();
    BatchClient client = builder.build();
    builder.apiVersion("2024-07-01.20.0");

    assertThat(client).hasToString("BatchClient[http://localhost:8080, 2023-11-01.18.0]");
    assertThat(builder.build()).hasToString("BatchClient[http://localhost:8080, 2024-07-01.20.0]");
  }

  @Test
  void accountKeyIsInNoToString() {
    BatchClientBuilder builder =
        complete().sharedKey(SharedKeySignerTest.ACCOUNT, SharedKeySignerTest.KEY);

    assertThat(builder.toString()).doesNotContain(SharedKeySignerTest.KEY);
    assertThat(builder.build()).hasToString("BatchClient[http://localhost:8080, 2023-11-01.18.0]");
  }
}

package dev.roster.client.batch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SharedKeySignerTest {

  static final String ACCOUNT = "devbatch";
  static final String KEY = "Zm9vYmFyYmF6a2V5Zm9vYmFyYmF6a2V5MDEyMzQ1Njc4OWFiY2RlZg==";

  private static final String DATE = "Sat, 21 Nov 2026 20:30:19 GMT";
  private static final String CONTENT_TYPE = "application/json; charset=utf-8";

  private final SharedKeySigner signer = new SharedKeySigner(ACCOUNT, KEY);

  /** Signatures made by the vendor's Java client, from the project's reference, section 6.1. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          POST   | 78 | application/json; odata=minimalmetadata; charset=utf-8 | /pools/p1/nodes/tvm-1/users?api-version=2024-07-01.20.0 | aF0kVgmF42qhD1iKZGP+M1MPByumIXGEEaweXx4IdFI=
          DELETE | 0  | application/json; charset=utf-8 | /pools/p1/nodes/tvm-1/users/userName?api-version=2024-07-01.20.0 | XSkE+X79fn9Sc8eaK+1k/8WoAOpmgPNm8X7+g5r0BV8=
          DELETE | 0  | application/json; charset=utf-8 | /pools/p1/nodes/tvm-1/users/we%20ird+%C3%A9%2Fx?api-version=2024-07-01.20.0 | n+1pAyW/o+TCYdL31zApGeTME49oSza4+Qm3Q99vSUs=
          GET    |    | application/json; charset=utf-8 | /pools/p1/nodes?api-version=2024-07-01.20.0&%24filter=state%20eq%20%27idle%27&%24select=id%2Cstate | c1BTpdRHy51hnwGOTHnZQ/qfk3UqB7nQuVQ/qQ1gZvY=
          """)
  void signsAsTheVendorsJavaClientDoes(
      String method, String length, String contentType, String target, String signature) {
    Map<String, String> headers = new HashMap<>();
    headers.put("content-type", contentType);
    headers.put("OCP-Date", DATE);
    if (length != null) {
      headers.put("Content-Length", length);
    }

    assertThat(signer.authorization(method, URI.create("http://localhost" + target), headers))
        .isEqualTo("SharedKey devbatch:" + signature);
  }

  @Test
  void signsTheDocumentedLines() {
    Map<String, String> headers =
        Map.of("Content-Length", "0", "Content-Type", CONTENT_TYPE, "ocp-date", DATE);

    assertThat(
            signer.stringToSign(
                "DELETE",
                URI.create(
                    "http://localhost/pools/p1/nodes/tvm-1/users/userName"
                        + "?api-version=2024-07-01.20.0"),
                headers))
        .isEqualTo(
            """
            DELETE


            0

            application/json; charset=utf-8






            ocp-date:Sat, 21 Nov 2026 20:30:19 GMT
            /devbatch/pools/p1/nodes/tvm-1/users/userName
            api-version:2024-07-01.20.0""");
  }

  @Test
  void everyHeaderHasItsLine() {
    Map<String, String> headers = new HashMap<>();
    headers.put("Content-Encoding", "2");
    headers.put("Content-Language", "3");
    headers.put("Content-Length", "4");
    headers.put("Content-MD5", "5");
    headers.put("Content-Type", "6");
    headers.put("Date", "7");
    headers.put("If-Modified-Since", "8");
    headers.put("If-Match", "9");
    headers.put("If-None-Match", "10");
    headers.put("If-Unmodified-Since", "11");
    headers.put("Range", "12");

    assertThat(signer.stringToSign("GET", URI.create("http://localhost/pools"), headers))
        .isEqualTo("GET\n2\n3\n4\n5\n6\n7\n8\n9\n10\n11\n12\n/devbatch/pools");
  }

  @Test
  void ocpDateEmptiesTheDateLine() {
    assertThat(
            signer.stringToSign(
                "GET",
                URI.create("http://localhost/pools"),
                Map.of("Date", "Mon, 21 Nov 2016 18:27:39 GMT", "ocp-date", DATE)))
        .isEqualTo(
            "GET\n\n\n\n\n\n\n\n\n\n\n\nocp-date:Sat, 21 Nov 2026 20:30:19 GMT\n/devbatch/pools");
  }

  @Test
  void queryIsDecodedLowerCasedAndSorted() {
    assertThat(
            signer.stringToSign(
                "GET",
                URI.create("http://localhost/base/pools?timeOut=5&%24filter=a%20b&$select=id%2Cx"),
                Map.of()))
        .endsWith("\n/devbatch/base/pools\n$filter:a b\n$select:id,x\ntimeout:5");
  }

  @Test
  void badKeysAreRefusedWithoutBeingQuoted() {
    assertThatThrownBy(() -> new SharedKeySigner(ACCOUNT, "not-base64-at-all!"))
        .isExactlyInstanceOf(IllegalArgumentException.class)
        .hasMessage("The account key is not base64")
        .hasNoCause();
    assertThatThrownBy(() -> new SharedKeySigner(ACCOUNT, ""))
        .isExactlyInstanceOf(IllegalArgumentException.class)
        .hasMessage("The account key is empty");
  }

  @ParameterizedTest
  @CsvSource({"''", "a:b", "'a b'", "é"})
  void accountNamesThatNoHeaderCanCarryAreRefused(String account) {
    assertThatThrownBy(() -> new SharedKeySigner(account, KEY))
        .isExactlyInstanceOf(IllegalArgumentException.class)
        .hasMessage("An account name is made of visible ASCII characters other than a colon");
  }

  @Test
  void keyIsNotInToString() {
    assertThat(signer).hasToString("SharedKeySigner[devbatch]");
  }
}

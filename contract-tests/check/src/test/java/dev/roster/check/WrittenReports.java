package dev.roster.check;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Path;
import javax.xml.parsers.DocumentBuilderFactory;
import org.w3c.dom.Element;

/**
 * What the two reports of a run say, once they have been found well-formed.
 *
 * @param tests in JUnit's
 * @param failures in JUnit's
 * @param errors in JUnit's
 * @param skipped in JUnit's
 * @param results of SARIF's
 */
record WrittenReports(int tests, int failures, int errors, int skipped, JsonNode results) {

  static WrittenReports read(Path junit, Path sarif) throws Exception {
    Element root =
        DocumentBuilderFactory.newInstance()
            .newDocumentBuilder()
            .parse(junit.toFile())
            .getDocumentElement();
    int[] sums = new int[4];
    var suites =
        root.getTagName().equals("testsuite") ? null : root.getElementsByTagName("testsuite");
    for (int i = 0; i < (suites == null ? 1 : suites.getLength()); i++) {
      Element suite = suites == null ? root : (Element) suites.item(i);
      sums[0] += Integer.parseInt(suite.getAttribute("tests"));
      sums[1] += Integer.parseInt(suite.getAttribute("failures"));
      sums[2] += Integer.parseInt(suite.getAttribute("errors"));
      sums[3] += Integer.parseInt(suite.getAttribute("skipped"));
    }
    assertThat(root.getElementsByTagName("testcase").getLength()).isEqualTo(sums[0]);
    return new WrittenReports(sums[0], sums[1], sums[2], sums[3], results(sarif));
  }

  private static JsonNode results(Path sarif) throws IOException {
    assertThat(SarifSchema.faultsOf(sarif)).isEmpty();
    return new ObjectMapper().readTree(sarif.toFile()).at("/runs/0/results");
  }
}

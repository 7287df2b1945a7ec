package dev.roster.check;

import com.contrastsecurity.sarif.ArtifactLocation;
import com.contrastsecurity.sarif.Invocation;
import com.contrastsecurity.sarif.Location;
import com.contrastsecurity.sarif.Message;
import com.contrastsecurity.sarif.MultiformatMessageString;
import com.contrastsecurity.sarif.PhysicalLocation;
import com.contrastsecurity.sarif.Region;
import com.contrastsecurity.sarif.ReportingDescriptor;
import com.contrastsecurity.sarif.Result;
import com.contrastsecurity.sarif.Run;
import com.contrastsecurity.sarif.SarifSchema210;
import com.contrastsecurity.sarif.Tool;
import com.contrastsecurity.sarif.ToolComponent;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** Findings in the form that CI services read: SARIF 2.1.0. */
final class SarifLog {

  private static final URI SCHEMA =
      URI.create(
          "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json");

  private static final ObjectMapper JSON =
      new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

  private SarifLog() {}

  /**
   * Writes a log.
   *
   * @param meanings what rules say, by id; a finding of another rule speaks for itself
   */
  static void write(Path file, List<Finding> findings, Map<String, String> meanings) {
    Map<String, String> rules = new TreeMap<>();
    findings.forEach(
        finding ->
            rules.put(finding.ruleId(), meanings.getOrDefault(finding.ruleId(), finding.ruleId())));
    Set<ReportingDescriptor> descriptors = new LinkedHashSet<>();
    rules.forEach(
        (id, says) ->
            descriptors.add(
                new ReportingDescriptor()
                    .withId(id)
                    .withShortDescription(new MultiformatMessageString().withText(says))));
    Run run =
        new Run()
            .withTool(
                new Tool()
                    .withDriver(
                        new ToolComponent()
                            .withName("contract-check")
                            .withVersion(ContractCheck.Version.text())
                            .withRules(descriptors)))
            .withInvocations(List.of(new Invocation().withExecutionSuccessful(true)))
            .withResults(findings.stream().map(SarifLog::result).toList());
    SarifSchema210 log =
        new SarifSchema210()
            .with$schema(SCHEMA)
            .withVersion(SarifSchema210.Version._2_1_0)
            .withRuns(List.of(run));
    try {
      ReportFiles.makeFolder(file);
      JSON.writeValue(file.toFile(), log);
    } catch (IOException e) {
      throw ReportFiles.unwritable(file, e);
    }
  }

  private static Result result(Finding finding) {
    return new Result()
        .withRuleId(finding.ruleId())
        .withLevel(Result.Level.ERROR)
        .withMessage(new Message().withText(finding.message()))
        .withLocations(
            List.of(
                new Location()
                    .withPhysicalLocation(
                        new PhysicalLocation()
                            .withArtifactLocation(new ArtifactLocation().withUri(finding.uri()))
                            .withRegion(new Region().withStartLine(finding.line())))));
  }
}

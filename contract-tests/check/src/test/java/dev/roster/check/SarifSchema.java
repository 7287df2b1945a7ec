package dev.roster.check;

import com.contrastsecurity.sarif.SarifSchema210;
import com.networknt.schema.InputFormat;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import com.networknt.schema.ValidationMessage;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** The schema of SARIF 2.1.0, as the SARIF library brings it. */
final class SarifSchema {

  private SarifSchema() {}

  /** What is wrong with a log, empty if nothing. */
  static List<String> faultsOf(Path log) throws IOException {
    try (InputStream schema =
        SarifSchema210.class.getResourceAsStream("/schema/sarif-schema-2.1.0.json")) {
      return JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V7)
          .getSchema(schema)
          .validate(Files.readString(log), InputFormat.JSON)
          .stream()
          .map(ValidationMessage::getMessage)
          .toList();
    }
  }
}

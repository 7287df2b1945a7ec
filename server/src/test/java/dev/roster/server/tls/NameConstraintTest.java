package dev.roster.server.tls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.CertPathValidator;
import java.security.cert.CertPathValidatorException;
import java.security.cert.CertificateFactory;
import java.security.cert.PKIXParameters;
import java.security.cert.TrustAnchor;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NameConstraintTest {

  private static final Instant START = Instant.parse("2026-11-21T20:30:19Z");

  @TempDir private Path folder;

  private CertificateAuthority authority;

  @BeforeEach
  void makeAuthority() throws Exception {
    SubjectNames names = SubjectNames.ofThisMachine();
    names.dns().add("*.roster.example");
    names.addresses().add("192.0.2.7");
    authority = CertificateAuthority.make(names, START);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "localhost",
        "*.localhost",
        "roster.localhost",
        "*.roster.localhost",
        "127.0.0.1",
        "127.71.0.64",
        "0:0:0:0:0:0:0:1",
        "devbatch.roster.example",
        "192.0.2.7"
      })
  void authorityVouchesForTheNamesOfTheMachineAndTheConfiguredOnes(String name) throws Exception {
    KeyAndChain leaf = issue(name);

    assertThat(authority.permits(names(name))).isTrue();
    assertThatCode(() -> validate(leaf)).doesNotThrowAnyException();
    assumeTrue(hasOpenssl(), "openssl is not installed");
    assertThat(openssl(leaf)).endsWith("leaf.pem: OK");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "login.microsoftonline.com",
        "management.azure.com",
        "notlocalhost",
        "localhost.example",
        "roster.example.com",
        "10.0.0.1",
        "192.0.2.8",
        "128.0.0.1",
        "0:0:0:0:0:0:0:2"
      })
  void clientsRefuseEveryOtherNameOfTheAuthority(String name) throws Exception {
    KeyAndChain leaf = issue(name);

    assertThat(authority.permits(names(name))).isFalse();
    assertThatThrownBy(() -> validate(leaf))
        .isInstanceOf(CertPathValidatorException.class)
        .hasMessageContaining("name constraints");
    assumeTrue(hasOpenssl(), "openssl is not installed");
    assertThat(openssl(leaf)).contains("permitted subtree violation");
  }

  @Test
  void keyThatIssuesIsNotTheOneThatClientsTrust() {
    assertThat(authority.identity().certificate().getPublicKey())
        .isNotEqualTo(authority.root().getPublicKey());
    assertThat(authority.identity().isPair()).isTrue();
  }

  private KeyAndChain issue(String name) throws Exception {
    return authority.issue(names(name), START);
  }

  private static SubjectNames names(String name) {
    boolean address = name.contains(":") || Character.isDigit(name.charAt(0));
    return new SubjectNames(
        new TreeSet<>(address ? Set.of() : Set.of(name)),
        new TreeSet<>(address ? Set.of(name) : Set.of()));
  }

  private void validate(KeyAndChain leaf) throws Exception {
    PKIXParameters trust = new PKIXParameters(Set.of(new TrustAnchor(authority.root(), null)));
    trust.setRevocationEnabled(false);
    trust.setDate(Date.from(START));
    CertPathValidator.getInstance("PKIX")
        .validate(CertificateFactory.getInstance("X.509").generateCertPath(leaf.chain()), trust);
  }

  private static boolean hasOpenssl() {
    return List.of(System.getenv("PATH").split(File.pathSeparator, -1)).stream()
        .anyMatch(path -> Files.isExecutable(Path.of(path, "openssl")));
  }

  private String openssl(KeyAndChain leaf) throws Exception {
    List<String> command = new ArrayList<>(List.of("openssl", "verify"));
    command.addAll(List.of("-attime", Long.toString(START.getEpochSecond())));
    command.addAll(List.of("-CAfile", write("root.pem", authority.root())));
    command.addAll(List.of("-untrusted", write("issuer.pem", leaf.chain().get(1))));
    command.add(write("leaf.pem", leaf.certificate()));
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String output = new String(process.getInputStream().readAllBytes(), "US-ASCII").strip();
    process.waitFor();
    return output;
  }

  private String write(String file, X509Certificate certificate) throws Exception {
    return Files.writeString(folder.resolve(file), KeyAndChain.toPem(certificate)).toString();
  }
}

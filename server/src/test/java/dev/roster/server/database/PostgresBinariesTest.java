package dev.roster.server.database;

import static org.assertj.core.api.Assertions.assertThat;

import dev.roster.testing.DatabaseTestResource;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PostgresBinariesTest {

  @TempDir private Path folder;

  @Test
  void programsAreUnpackedOnceAndForTheirOwnerOnly() throws Exception {
    Path cache = folder.resolve("some/cache");
    Path program = program(PostgresBinaries.unpack(cache, folder.resolve("unused")));
    FileTime unpacked = Files.getLastModifiedTime(program.getParent());

    assertThat(program).startsWith(cache).isExecutable();
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(cache)))
        .isEqualTo("rwx------");
    assertThat(program(PostgresBinaries.unpack(cache, folder.resolve("unused"))))
        .isEqualTo(program);
    assertThat(Files.getLastModifiedTime(program.getParent())).isEqualTo(unpacked);
    assertThat(folder.resolve("unused")).doesNotExist();
  }

  @Test
  void incompleteProgramsAreReplacedAndLeftoversDeleted() throws Exception {
    Path cache = folder.resolve("cache");
    Path program = program(PostgresBinaries.unpack(cache, cache));
    Files.writeString(program, "cut off");
    Files.createDirectories(cache.resolve(".unpacking-killed/bin"));

    program(PostgresBinaries.unpack(cache, cache));

    assertThat(program).isExecutable();
    assertThat(Files.size(program)).isGreaterThan(1_000_000);
    try (Stream<Path> files = Files.list(cache)) {
      assertThat(files.map(file -> file.getFileName().toString()))
          .containsExactlyInAnyOrder(
              program.getParent().getParent().getFileName().toString(), "unpacking.lock");
    }
  }

  @Test
  void serversThatStartTogetherUnpackOnce() throws Exception {
    Path cache = folder.resolve("cache");
    CompletableFuture<Path> other =
        CompletableFuture.supplyAsync(
            () -> {
              try {
                return program(PostgresBinaries.unpack(cache, cache));
              } catch (Exception e) {
                throw new IllegalStateException(e);
              }
            });

    assertThat(program(PostgresBinaries.unpack(cache, cache))).isEqualTo(other.get());
  }

  @Test
  void cacheThatOthersMayWriteToIsNotUsed() throws Exception {
    Path cache = Files.createDirectory(folder.resolve("cache"));
    Files.setPosixFilePermissions(cache, PosixFilePermissions.fromString("rwxrwxrwx"));
    Path fallback = folder.resolve("fallback");

    assertThat(program(PostgresBinaries.unpack(cache, fallback))).startsWith(fallback);
    assertThat(cache).isEmptyDirectory();
  }

  @Test
  void cacheThatIsNoFolderIsNotUsed() throws Exception {
    Path cache = Files.writeString(folder.resolve("cache"), "a file");
    Path fallback = DatabaseTestResource.CACHE_DIR;

    assertThat(program(PostgresBinaries.unpack(cache, fallback))).startsWith(fallback);
  }

  private static Path program(PostgresBinaries binaries) {
    List<String> command = binaries.command("postgres");
    return Path.of(command.get(command.size() - 1));
  }
}

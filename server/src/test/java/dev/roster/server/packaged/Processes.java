package dev.roster.server.packaged;

import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;

/** The processes that work on a data directory, found by their arguments. */
final class Processes {

  private Processes() {}

  static List<ProcessHandle> on(Path dataDir) {
    return ProcessHandle.allProcesses()
        .filter(process -> names(process, dataDir.toString()))
        .toList();
  }

  /** Stops what a failed test would leave behind. */
  static void stop(Path dataDir) {
    List<ProcessHandle> all =
        on(dataDir).stream()
            .flatMap(process -> Stream.concat(Stream.of(process), process.descendants()))
            .distinct()
            .toList();
    all.forEach(ProcessHandle::destroyForcibly);
    CompletableFuture.allOf(
            all.stream().map(ProcessHandle::onExit).toArray(CompletableFuture<?>[]::new))
        .join();
  }

  private static boolean names(ProcessHandle process, String dataDir) {
    return process
        .info()
        .arguments()
        .filter(arguments -> Stream.of(arguments).anyMatch(argument -> argument.contains(dataDir)))
        .isPresent();
  }
}

package dev.cria.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;

/** The most memory that the process has had. */
final class PeakMemory {

  private static final Path STATUS = Path.of("/proc/self/status");
  private static final String PEAK = "VmHWM:";

  private PeakMemory() {}

  /** As people read it, and of what. */
  static String describe() {
    Optional<Long> resident = resident();
    if (resident.isPresent()) {
      return ByteSize.of(resident.get()) + " at most";
    }
    Runtime runtime = Runtime.getRuntime();
    return ByteSize.of(runtime.totalMemory() - runtime.freeMemory()) + " of heap, weights and cache not counted";
  }

  /** What Linux says, mapped files included; other systems have no cheap way to ask. */
  private static Optional<Long> resident() {
    if (!Files.isReadable(STATUS)) {
      return Optional.empty();
    }
    try (Stream<String> lines = Files.lines(STATUS)) {
      return lines.filter(line -> line.startsWith(PEAK)).findFirst()
          .map(line -> Long.parseLong(line.replaceAll("[^0-9]", "")) * 1024);
    } catch (IOException e) {
      return Optional.empty();
    }
  }
}

package dev.cria.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The most memory that a process and its children were seen to hold, where Linux tells: {@code VmHWM} in
 * {@code /proc/PID/status}, which only grows, so that looking now and then misses what is allocated at the very end alone.
 */
final class PeakMemory {

  private static final String KEY = "VmHWM:";
  private static final double KIB = 1024;

  private final Path proc;
  private double bytes = Double.NaN;

  /** Nothing seen yet; {@code proc} is {@code /proc}. */
  PeakMemory(Path proc) {
    this.proc = proc;
  }

  /** Looks at the process of that id. */
  void look(long pid) {
    double now = held(pid);
    if (Double.isNaN(bytes) || now > bytes) {
      bytes = now;
    }
  }

  /** The peak in bytes, NaN if nothing was seen. */
  double bytes() {
    return bytes;
  }

  private double held(long pid) {
    Path folder = proc.resolve(Long.toString(pid));
    double sum = Double.NaN;
    try {
      for (String line : Files.readAllLines(folder.resolve("status"))) {
        if (line.startsWith(KEY)) {
          sum = KIB * Long.parseLong(line.substring(KEY.length()).replace("kB", "").strip());
        }
      }
      for (String child : Files.readString(folder.resolve("task").resolve(folder.getFileName()).resolve("children"))
          .split(" ", -1)) {
        double held = child.isBlank() ? Double.NaN : held(Long.parseLong(child.strip()));
        sum = Double.isNaN(held) ? sum : Double.isNaN(sum) ? held : sum + held;
      }
    } catch (IOException e) {
      return sum; // it has just ended, or this is not Linux
    }
    return sum;
  }
}

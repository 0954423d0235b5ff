package dev.cria.benchmarks;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;

/** What a process prints, read as it comes by a thread of its own. */
final class ProcessOutput {

  private static final int NONE = -1;

  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
  private final Thread reader;
  private double firstByteNanos = Double.NaN;

  private ProcessOutput(InputStream stream) {
    reader = Thread.ofPlatform().daemon().name("reader of a process").unstarted(() -> read(stream));
  }

  /** Starts to read. */
  static ProcessOutput of(InputStream stream) {
    ProcessOutput output = new ProcessOutput(stream);
    output.reader.start();
    return output;
  }

  private void read(InputStream stream) {
    try {
      int first = stream.read();
      if (first != NONE) {
        firstByteNanos = System.nanoTime();
        bytes.write(first);
        stream.transferTo(bytes);
      }
    } catch (IOException e) {
      bytes.writeBytes(("\n(the rest could not be read: " + e.getMessage() + ")").getBytes(StandardCharsets.UTF_8));
    }
  }

  /** All of it, once the process has closed the stream. */
  String text() throws InterruptedException {
    reader.join();
    return bytes.toString(StandardCharsets.UTF_8);
  }

  /** When the first byte came, by {@link System#nanoTime}; NaN if none did. Known after {@link #text}. */
  double firstByteNanos() {
    return firstByteNanos;
  }
}

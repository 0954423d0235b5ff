package dev.cria.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.UnixOperatingSystemMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;

/** Watches the files that the process has open; on Windows, where nothing counts them, that an open file can go. */
final class OpenFiles {

  private static final int TIMES = 200;
  private static final int OTHERS = 20; // what the JVM and other threads may open meanwhile

  /** A piece of work with files. */
  interface Work {
    void run() throws IOException;
  }

  private OpenFiles() {}

  static void assertNoneLeft(Work work) throws IOException {
    work.run();
    long before = count();
    for (int i = 0; i < TIMES; i++) {
      work.run();
    }
    assertThat(count() - before).as("files left open by %d times", TIMES).isLessThan(OTHERS);
  }

  private static long count() {
    return ManagementFactory.getOperatingSystemMXBean() instanceof UnixOperatingSystemMXBean unix
        ? unix.getOpenFileDescriptorCount()
        : 0;
  }
}

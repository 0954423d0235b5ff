package dev.cria.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class PeakMemoryTest {

  @TempDir private Path proc;

  private void process(int pid, String status, String children) throws IOException {
    Path folder = proc.resolve(Integer.toString(pid));
    Path task = Files.createDirectories(folder.resolve("task").resolve(Integer.toString(pid)));
    Files.writeString(folder.resolve("status"), status);
    Files.writeString(task.resolve("children"), children);
  }

  @Test void look_processWithChildren_addsThem() throws IOException {
    process(10, "Name:\tsh\nVmPeak:\t  900 kB\nVmHWM:\t    100 kB\n", "11 12 ");
    process(11, "VmHWM:\t 20 kB\n", "");
    process(12, "Name:\tzombie\n", "");
    PeakMemory memory = new PeakMemory(proc);
    memory.look(10);
    assertThat(memory.bytes()).isEqualTo(120 * 1024);
  }

  @Test void look_less_keepsThePeak() throws IOException {
    PeakMemory memory = new PeakMemory(proc);
    process(10, "VmHWM:\t100 kB\n", "");
    memory.look(10);
    process(10, "VmHWM:\t30 kB\n", "");
    memory.look(10);
    Files.delete(proc.resolve("10").resolve("status"));
    memory.look(10);
    assertThat(memory.bytes()).isEqualTo(100 * 1024);
  }

  @Test void look_noProc_isNaN() {
    PeakMemory memory = new PeakMemory(proc.resolve("none"));
    memory.look(10);
    assertThat(memory.bytes()).isNaN();
  }
}

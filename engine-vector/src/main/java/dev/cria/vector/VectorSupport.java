package dev.cria.vector;

import dev.cria.api.Availability;
import java.util.Set;
import jdk.incubator.vector.VectorShape;

/** Whether this JVM and CPU can run vector code fast, found out before any of it is loaded. */
final class VectorSupport {

  /*
   * The flags of the JVM would tell exactly, but reading them through its management bean costs every start 15 to 30 ms. So C2
   * is told from the description of the JVM, and FMA by its speed: without hardware, Math.fma is BigDecimal arithmetic, a
   * thousand times slower, and the more so the further apart the exponents are.
   */
  private static final Set<String> WIDTHS = Set.of("64", "128", "256", "512");
  private static final int LEAST_BITS = 128;
  private static final int FMA_ATTEMPTS = 20;
  private static final long SLOW_FMA_NANOS = 5_000;

  private VectorSupport() {}

  /** Asks this JVM. */
  static Availability availability() {
    if (ModuleLayer.boot().findModule("jdk.incubator.vector").isEmpty()) {
      return refused("Module jdk.incubator.vector is not resolved. Start java with --add-modules jdk.incubator.vector");
    }
    Availability compiler = compiler(System.getProperty("java.vm.name", "unknown"),
        System.getProperty("java.vm.info", ""));
    if (!compiler.isAvailable()) {
      return compiler;
    }
    Availability width = askedWidth(System.getProperty(VectorShapes.BITS, ""));
    if (!width.isAvailable()) {
      return width;
    }
    Availability vectors = width(VectorShape.preferredShape().vectorBitSize());
    return vectors.isAvailable() ? fusedMultiplyAdd(fmaNanos()) : vectors;
  }

  /** Whether the JVM of that name and description has C2, without which every vector is an object on the heap. */
  static Availability compiler(String name, String info) {
    if (!name.contains("Server VM")) {
      return refused("This JVM, " + name + ", has no C2 compiler. Use the HotSpot JVM, as in any build of OpenJDK");
    }
    if (info.contains("interpreted mode") || info.contains("emulated-client")) {
      return refused("The C2 compiler is switched off (" + info
          + "). Start java without -Xint, -XX:TieredStopAtLevel and -XX:CompilationMode");
    }
    return Availability.available();
  }

  /** Whether the width asked for, if any, is one there is. */
  static Availability askedWidth(String bits) {
    if (!bits.isEmpty() && !WIDTHS.contains(bits)) {
      return refused("Property " + VectorShapes.BITS + " is '" + bits
          + "'. Set it to 64, 128, 256 or 512 bits, or leave it out for the width of the CPU");
    }
    return Availability.available();
  }

  /** Whether the vectors of the CPU, as the JVM uses them, are worth while. */
  static Availability width(int bits) {
    if (bits < LEAST_BITS) {
      return refused(
          "Vectors have " + bits + " bits here, too few for any gain. Start java without -XX:MaxVectorSize");
    }
    return Availability.available();
  }

  /** Whether a fused multiply-add that took so long at best is an instruction. */
  static Availability fusedMultiplyAdd(long nanos) {
    return nanos < SLOW_FMA_NANOS
        ? Availability.available()
        : refused("The CPU has no fused multiply-add, or -XX:-UseFMA is set. Run it on a CPU with FMA");
  }

  private static long fmaNanos() {
    long best = Long.MAX_VALUE;
    float sum = 1e38f;
    for (int attempt = 0; attempt < FMA_ATTEMPTS; attempt++) {
      long start = System.nanoTime();
      sum = Math.fma(1.1e-38f, 1.3f, sum);
      best = Math.min(best, System.nanoTime() - start);
    }
    return sum > 0 ? best : Long.MAX_VALUE;
  }

  private static Availability refused(String why) {
    return Availability.unavailable(why + ", or use --backend scalar.");
  }
}

package dev.cria.cli;

import com.sun.management.HotSpotDiagnosticMXBean;
import java.lang.management.ManagementFactory;
import java.util.Objects;
import picocli.CommandLine.IVersionProvider;

/** What {@code cria --version} says. */
final class VersionText implements IVersionProvider {

  @Override public String[] getVersion() {
    String version = Objects.requireNonNullElse(Main.class.getPackage().getImplementationVersion(), "(not packaged)");
    return new String[]{
        "cria " + version,
        "Java " + Runtime.version() + ", " + System.getProperty("java.vm.name") + ", "
            + System.getProperty("java.vendor"),
        System.getProperty("os.name") + " " + System.getProperty("os.arch") + ", " + vectors()};
  }

  /** The widest vectors that this JVM compiles to. */
  private static String vectors() {
    HotSpotDiagnosticMXBean jvm = ManagementFactory.getPlatformMXBean(HotSpotDiagnosticMXBean.class);
    try {
      return "vectors of " + Integer.parseInt(jvm.getVMOption("MaxVectorSize").getValue()) * Byte.SIZE + " bits";
    } catch (IllegalArgumentException e) {
      return "no vectors (this JVM has no C2 compiler)";
    }
  }
}

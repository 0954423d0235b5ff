package dev.cria.cli;

import dev.cria.api.Availability;
import dev.cria.api.checkpoint.Checkpoint;
import dev.cria.api.executor.ExecutorOptions;
import dev.cria.api.executor.ModelExecutor;
import dev.cria.api.executor.ModelExecutorProvider;
import dev.cria.api.kernel.ForwardingKernel;
import dev.cria.api.kernel.Grade;
import dev.cria.api.kernel.Kernel;
import dev.cria.api.kernel.KernelContext;
import dev.cria.api.kernel.KernelProvider;
import dev.cria.api.sampling.SamplerDraw;
import dev.cria.api.sampling.SamplerDrawProvider;
import dev.cria.api.sampling.SamplerParameter;
import dev.cria.api.sampling.SamplerParameters;
import dev.cria.api.sampling.SamplerStep;
import dev.cria.api.sampling.SamplerStepProvider;
import dev.cria.api.sampling.SamplerVocabulary;
import java.util.List;

/** Plugins as strangers might write them. */
final class FakeProviders {

  private FakeProviders() {}

  /** Wins, and does what the best other kernel does. */
  public static final class Better implements KernelProvider {
    @Override public String name() { return "better"; }

    @Override public int priority() { return 1_000; }

    @Override public Grade grade() { return Grade.EXACT; }

    @Override public Kernel create(KernelContext context) { return new ForwardingKernel(context.base()) {}; }
  }

  /** Cannot even be created. */
  public static final class Broken implements KernelProvider {
    public Broken() { throw new IllegalStateException("the licence has expired"); }

    @Override public String name() { return "broken"; }

    @Override public Kernel create(KernelContext context) { throw new AssertionError("never called"); }
  }

  /** Would win, if it could run. */
  public static final class Unavailable implements KernelProvider {
    @Override public String name() { return "quantum"; }

    @Override public int priority() { return 2_000; }

    @Override public Availability availability() {
      return Availability.unavailable("This machine has no qubits, and the one in the cellar is switched off for the"
          + " winter. Buy one, or choose another with --backend.");
    }

    @Override public Kernel create(KernelContext context) { throw new AssertionError("never called"); }
  }

  /** Is chosen, then fails. */
  public static final class FailsToStart implements KernelProvider {
    @Override public String name() { return "sleepy"; }

    @Override public int priority() { return 3_000; }

    @Override public Kernel create(KernelContext context) { throw new IllegalStateException("no coffee"); }
  }

  /** A backend that is no kernel. */
  public static final class Remote implements ModelExecutorProvider {
    @Override public String name() { return "remote"; }

    @Override public ModelExecutor open(Checkpoint checkpoint, ExecutorOptions options) {
      throw new IllegalArgumentException("remote: no server runs " + checkpoint.source());
    }
  }

  /** A step that does nothing. */
  public static class Nothing implements SamplerStepProvider {
    @Override public String name() { return "nothing"; }

    @Override public String summary() { return "does nothing"; }

    @Override public List<SamplerParameter> parameters() { return List.of(); }

    @Override public SamplerStep create(SamplerParameters parameters, SamplerVocabulary vocabulary) {
      return (candidates, context) -> {};
    }
  }

  /** A step that cannot run. */
  public static final class Unlikely extends Nothing {
    @Override public String name() { return "unlikely"; }

    @Override public Availability availability() { return Availability.unavailable("it is not Sunday"); }
  }

  /** A draw that cannot even be created. */
  public static final class Lost implements SamplerDrawProvider {
    public Lost() { throw new IllegalStateException("lost its way"); }

    @Override public String name() { return "lost"; }

    @Override public String summary() { return "is lost"; }

    @Override public List<SamplerParameter> parameters() { return List.of(); }

    @Override public SamplerDraw create(SamplerParameters parameters, SamplerVocabulary vocabulary) {
      throw new AssertionError("never called");
    }
  }
}

package dev.cria.conformance;

import dev.cria.api.kernel.Kernel;
import dev.cria.api.kernel.KernelLimits;
import dev.cria.api.kernel.Worker;
import java.util.List;

/** One call of an operation with its operands, and what must come out. */
interface Case {

  /** The largest work in it. */
  KernelLimits limits(int workers);

  /** Calls the kernel under test. */
  void run(Kernel kernel, Worker worker);

  /** Calls a kernel that knows nothing of the layouts of the one under test. */
  default void runPlain(Kernel kernel, Worker worker) {
    run(kernel, worker);
  }

  /** Where it writes. */
  List<Output> outputs();

  /** What it reads and must leave as it is. */
  List<Memory> inputs();

  /**
   * The exact values of each output, from the operands as they are before the call.
   *
   * @param kernel the kernel under test, which may round activations
   * @return one for each output, in order; empty where an output is a copy and must be equal bit for bit
   */
  List<Expected> expected(Kernel kernel);

  /** How many rows are in the batch. */
  int rows();

  /** The same call for one row alone, on the same operands. */
  Case row(int row);
}

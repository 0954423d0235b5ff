package dev.cria.benchmarks;

import java.lang.foreign.MemorySegment;
import java.nio.ByteOrder;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/** The two loops that do nothing but read, and nothing but multiply and add. */
final class Peak {

  /*
   * Twelve chains hide the latency of FMA where two start in each cycle and take four or five, and with their one operand fit
   * the sixteen registers of AVX2. They start at different values, so that no compiler can see that one would do.
   */
  private static final VectorSpecies<Float> F32 = FloatVector.SPECIES_PREFERRED;
  private static final int BYTES = F32.vectorByteSize();
  private static final int CHAINS = 12;

  /** What {@link #sum} reads in one step, in bytes: its range must be a multiple. */
  static final int STEP = 8 * BYTES;

  private Peak() {}

  /** Sums what stands in a range of memory, a multiple of {@link #STEP}. */
  static float sum(MemorySegment memory, long from, long to) {
    FloatVector sum0 = FloatVector.zero(F32);
    FloatVector sum1 = sum0;
    FloatVector sum2 = sum0;
    FloatVector sum3 = sum0;
    FloatVector sum4 = sum0;
    FloatVector sum5 = sum0;
    FloatVector sum6 = sum0;
    FloatVector sum7 = sum0;
    for (long at = from; at < to; at += STEP) {
      sum0 = sum0.add(read(memory, at));
      sum1 = sum1.add(read(memory, at + BYTES));
      sum2 = sum2.add(read(memory, at + 2L * BYTES));
      sum3 = sum3.add(read(memory, at + 3L * BYTES));
      sum4 = sum4.add(read(memory, at + 4L * BYTES));
      sum5 = sum5.add(read(memory, at + 5L * BYTES));
      sum6 = sum6.add(read(memory, at + 6L * BYTES));
      sum7 = sum7.add(read(memory, at + 7L * BYTES));
    }
    return sum0.add(sum1).add(sum2.add(sum3)).add(sum4.add(sum5).add(sum6.add(sum7)))
        .reduceLanes(VectorOperators.ADD);
  }

  private static FloatVector read(MemorySegment memory, long at) {
    return FloatVector.fromMemorySegment(F32, memory, at, ByteOrder.nativeOrder());
  }

  /** Operations in that many steps of {@link #multiplyAdd}. */
  static long flop(int steps) {
    return 2L * CHAINS * F32.length() * steps;
  }

  /** Multiplies and adds in registers, in chains that do not wait for each other. */
  static float multiplyAdd(int steps, float x) {
    FloatVector factor = FloatVector.broadcast(F32, x);
    FloatVector sum0 = start(0);
    FloatVector sum1 = start(1);
    FloatVector sum2 = start(2);
    FloatVector sum3 = start(3);
    FloatVector sum4 = start(4);
    FloatVector sum5 = start(5);
    FloatVector sum6 = start(6);
    FloatVector sum7 = start(7);
    FloatVector sum8 = start(8);
    FloatVector sum9 = start(9);
    FloatVector sum10 = start(10);
    FloatVector sum11 = start(11);
    for (int step = 0; step < steps; step++) {
      sum0 = sum0.fma(factor, factor);
      sum1 = sum1.fma(factor, factor);
      sum2 = sum2.fma(factor, factor);
      sum3 = sum3.fma(factor, factor);
      sum4 = sum4.fma(factor, factor);
      sum5 = sum5.fma(factor, factor);
      sum6 = sum6.fma(factor, factor);
      sum7 = sum7.fma(factor, factor);
      sum8 = sum8.fma(factor, factor);
      sum9 = sum9.fma(factor, factor);
      sum10 = sum10.fma(factor, factor);
      sum11 = sum11.fma(factor, factor);
    }
    return sum0.add(sum1).add(sum2.add(sum3)).add(sum4.add(sum5).add(sum6.add(sum7)))
        .add(sum8.add(sum9).add(sum10.add(sum11))).reduceLanes(VectorOperators.ADD);
  }

  private static FloatVector start(int chain) {
    return FloatVector.broadcast(F32, chain);
  }
}

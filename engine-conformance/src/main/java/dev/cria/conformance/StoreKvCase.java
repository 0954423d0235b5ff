package dev.cria.conformance;

import dev.cria.api.kernel.FloatMatrix;
import dev.cria.api.kernel.Kernel;
import dev.cria.api.kernel.KernelLimits;
import dev.cria.api.kernel.Worker;
import java.util.List;

/** One {@link Kernel#storeKv}: a copy, so every bit of the caches is known. */
record StoreKvCase(List<Output> outputs, Places places, FloatMatrix key, FloatMatrix value, List<Memory> inputs)
    implements
      Case {

  StoreKvCase(Places places, FloatMatrix key, FloatMatrix value) {
    this(CacheMemory.of(places).stream().map(memory -> new Output(memory, null)).toList(), places, key, value,
        List.of(Memory.of("key", key.data()), Memory.of("value", value.data())));
  }

  @Override public KernelLimits limits(int workers) {
    int headDim = places.cache(0).headDim();
    return new KernelLimits(
        key.rows(), key.cols(), places.cache(0).kvHeads(), headDim, places.cache(0).capacity(), workers);
  }

  @Override public void run(Kernel kernel, Worker worker) {
    kernel.storeKv(worker, places, key, value);
  }

  @Override public List<Expected> expected(Kernel kernel) {
    return List.of();
  }

  @Override public int rows() {
    return key.rows();
  }

  @Override public Case row(int row) {
    return new StoreKvCase(outputs, places.row(row), Rows.of(key, row), Rows.of(value, row), inputs);
  }
}

package dev.cria.checkpoints;

import dev.cria.api.checkpoint.ModelConfiguration;
import dev.cria.api.checkpoint.TensorNames;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;

/**
 * Where each tensor of a llama2.c version 0 file lies: groups of all layers back to back, without padding.
 *
 * @param parts in the order of the file
 * @param tablesOffset where the cosines and sines begin, which readers skip
 * @param byteSize of the whole file
 */
record Llama2cV0Layout(List<Part> parts, long tablesOffset, long byteSize) {

  /** One F32 tensor; {@code offset} in bytes from the start of the file. */
  record Part(Llama2cPart tensor, long offset) {}

  /** The tensors in the order of the file. */
  List<Llama2cPart> tensors() {
    return parts.stream().map(Part::tensor).toList();
  }

  /**
   * Lays out a model.
   *
   * @throws ArithmeticException if the file would be larger than 2^63 − 1 bytes
   */
  static Llama2cV0Layout of(ModelConfiguration model, boolean sharedClassifier) {
    int dim = model.dim();
    Cursor at = new Cursor();
    at.add(TensorNames.TOKEN_EMBEDDING, model.vocabSize(), dim);
    at.addLayers(model, TensorNames::attentionNorm, 1, dim);
    at.addLayers(model, TensorNames::qProj, model.queryDim(), dim);
    at.addLayers(model, TensorNames::kProj, model.kvDim(), dim);
    at.addLayers(model, TensorNames::vProj, model.kvDim(), dim);
    at.addLayers(model, TensorNames::oProj, dim, model.queryDim());
    at.addLayers(model, TensorNames::ffnNorm, 1, dim);
    at.addLayers(model, TensorNames::gateProj, model.hiddenDim(), dim);
    at.addLayers(model, TensorNames::downProj, dim, model.hiddenDim());
    at.addLayers(model, TensorNames::upProj, model.hiddenDim(), dim);
    at.add(TensorNames.FINAL_NORM, 1, dim);
    long tables = at.offset;
    at.skip(model.contextLength(), model.headDim()); // half of it cosines, half of it sines
    if (!sharedClassifier) {
      at.add(TensorNames.LM_HEAD, model.vocabSize(), dim);
    }
    return new Llama2cV0Layout(List.copyOf(at.parts), tables, at.offset);
  }

  private static final class Cursor {

    private final List<Part> parts = new ArrayList<>();
    private long offset = Llama2cHeader.BYTES;

    void add(String name, int rows, int cols) {
      parts.add(new Part(new Llama2cPart(name, rows, cols), offset));
      skip(rows, cols);
    }

    void addLayers(ModelConfiguration model, IntFunction<String> name, int rows, int cols) {
      for (int layer = 0; layer < model.layers(); layer++) {
        add(name.apply(layer), rows, cols);
      }
    }

    void skip(int rows, int cols) {
      long elements = Math.multiplyExact((long) rows, (long) cols);
      offset = Math.addExact(offset, Math.multiplyExact(elements, (long) Float.BYTES));
    }
  }
}

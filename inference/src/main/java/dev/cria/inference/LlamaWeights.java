package dev.cria.inference;

import dev.cria.api.kernel.FusedMatmul;
import dev.cria.api.kernel.WeightMatrix;
import java.util.List;

/**
 * The weights of a Llama model, as a kernel likes them, grouped as the forward pass multiplies them.
 *
 * @param tokenEmbedding {@code (vocabSize, dim)}, row-major
 * @param layers in order
 * @param finalNorm {@code (dim,)}
 * @param lmHead {@code (vocabSize, dim)}; the embedding in the kernel's layout where they are tied
 */
record LlamaWeights(WeightMatrix tokenEmbedding, List<Layer> layers, float[] finalNorm, FusedMatmul lmHead) {

  /**
   * One transformer block.
   *
   * @param attentionNorm {@code (dim,)}
   * @param queryKeyValue qProj {@code (heads * headDim, dim)}, kProj and vProj {@code (kvHeads * headDim, dim)}, maybe with
   *     biases
   * @param queryKeyNorm what happens to queries and keys then
   * @param oProj {@code (dim, heads * headDim)}, added to the residual stream
   * @param ffnNorm {@code (dim,)}
   * @param gateUp gateProj and upProj {@code (hiddenDim, dim)}, gated
   * @param downProj {@code (dim, hiddenDim)}, added to the residual stream
   */
  record Layer(
      float[] attentionNorm, FusedMatmul queryKeyValue, QueryKeyNorm queryKeyNorm, FusedMatmul oProj, float[] ffnNorm,
      FusedMatmul gateUp, FusedMatmul downProj) {}
}

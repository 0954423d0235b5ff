package dev.cria.api.kernel;

/**
 * Which two elements of a head rotate together.
 *
 * @since 0.1
 */
public enum RopeLayout {
  /** Elements {@code 2i} and {@code 2i + 1}: Meta's files, llama2.c, GGUF of architecture llama. */
  INTERLEAVED,
  /** Elements {@code i} and {@code i + rotaryDim / 2}: Hugging Face's files. */
  HALF_SPLIT
}

package dev.cria.checkpoints;

/** One tensor of a llama2.c file, which the file does not name: its place in the order says which it is. */
record Llama2cPart(String name, int rows, int cols) {

  long elements() {
    return Math.multiplyExact((long) rows, (long) cols);
  }
}

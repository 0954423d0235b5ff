package dev.cria.examples;

/**
 * What a command left behind.
 *
 * @param exitCode of the process
 * @param out standard output
 * @param err standard error
 */
record CommandOutput(int exitCode, String out, String err) {

  /** All of it, to describe an assertion with. */
  String everything() {
    return "exit code " + exitCode + "\n--- out\n" + out + "\n--- err\n" + err;
  }
}

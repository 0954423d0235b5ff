package dev.cria.cli;

/** The entry point of {@code cria}. */
final class Main {

  private Main() {}

  /** Prints its arguments, one a line. */
  static void main(String[] args) {
    StandardError.connect();
    for (String arg : args) {
      System.out.println(arg);
    }
    System.err.println("tty " + StandardError.isTerminal());
  }
}

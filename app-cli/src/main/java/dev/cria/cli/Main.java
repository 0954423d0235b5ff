package dev.cria.cli;

/** The entry point of {@code cria}. */
final class Main {

  private Main() {}

  /** Prints its arguments, one a line. */
  static void main(String[] args) {
    System.out.print(String.join(System.lineSeparator(), args));
  }
}

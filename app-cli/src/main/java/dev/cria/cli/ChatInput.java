package dev.cria.cli;

import java.io.IOException;

/** Where messages come from: a terminal, or a pipe or file. */
interface ChatInput extends AutoCloseable {

  /** The next line. */
  ChatLine line(String prompt) throws IOException;

  /** Whether somebody sits at a terminal. */
  boolean interactive();

  /** Has Ctrl-C do that, until closed. */
  Answering answering(Runnable cancel);

  @Override void close() throws IOException;

  /** An answer is given. */
  interface Answering extends AutoCloseable {
    @Override void close();
  }
}

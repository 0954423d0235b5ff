package dev.cria.inference;

/** Why a generation ended. */
public enum StopReason {
  /** A stop token came next: the text is complete. */
  STOP_TOKEN,
  /** A stop string came next: the text ends before it. */
  STOP_STRING,
  /** The asked number of positions is reached. */
  LENGTH,
  /** {@link Generation#cancel()} was called. */
  CANCELLED,
  /** The listener wanted no more. */
  LISTENER
}

package dev.cria.inference;

/** Why a generation ended. */
public enum StopReason {
  /** A stop token came next: the text is complete. */
  STOP_TOKEN,
  /** The asked number of positions is reached. */
  LENGTH,
  /** {@link Generation#cancel()} was called. */
  CANCELLED,
  /** The listener wanted no more. */
  LISTENER
}

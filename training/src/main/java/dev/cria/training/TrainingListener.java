package dev.cria.training;

import java.io.IOException;

/**
 * Is told how a training run goes.
 *
 * @since 0.1
 */
public interface TrainingListener {

  /**
   * A step was taken.
   *
   * @param step from 1
   * @param steps in all
   * @param epoch from 0
   * @param loss mean over the targets of the step, in nats
   * @param learningRate of the step
   * @param gradientNorm before it was clipped
   * @param targets how many tokens were predicted
   * @param nanos how long it took
   */
  record Step(int step, int steps, int epoch, double loss, double learningRate, double gradientNorm, int targets,
      long nanos) {}

  /**
   * The model was measured on the documents that it does not learn from.
   *
   * @param step steps taken
   * @param loss mean over their tokens, in nats
   * @param bitsPerByte of their text, their ends not counted
   */
  record Evaluation(int step, double loss, double bitsPerByte) {}

  /** After each step. */
  void step(Step step) throws IOException;

  /** After each evaluation. */
  void evaluated(Evaluation evaluation) throws IOException;

  /** After the model was written. */
  void saved(int step) throws IOException;
}

/**
 * From plain text to a model: tokenizer, data, backward pass and optimiser.
 *
 * <p>Start at {@link dev.cria.training.TrainingRun}. Every product of matrices is a {@link dev.cria.api.kernel.Kernel#gemm}, run by all
 * workers of a {@link dev.cria.inference.ThreadTeam}; what lies between is plain loops over rows. Every sum has one order, so the
 * weights are the same to the bit for any number of threads and on every exact backend.
 */
@NullMarked
package dev.cria.training;

import org.jspecify.annotations.NullMarked;

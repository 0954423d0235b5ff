package dev.cria.scalar;

import com.google.auto.service.AutoService;
import dev.cria.api.kernel.Grade;
import dev.cria.api.kernel.Kernel;
import dev.cria.api.kernel.KernelContext;
import dev.cria.api.kernel.KernelProvider;
import java.util.Set;

/**
 * Offers the plain Java kernel with activations rounded to int8 where weights are Q4_0 or Q4_K: the specification of that mode. Whoever
 * wants its speed names {@code vector-int8}, which has the same bits.
 *
 * <p>It is never chosen unless named: rounding x adds an error of up to {@code max |x| / 254} per element of a group.
 */
@AutoService(KernelProvider.class)
public final class ScalarInt8KernelProvider implements KernelProvider {

  private static final Set<String> ROUNDED = Set.of("q4_0", "q4_k");

  /** Creates the provider; {@link java.util.ServiceLoader} does. */
  public ScalarInt8KernelProvider() {}

  @Override public String name() {
    return "scalar-int8";
  }

  @Override public Grade grade() {
    return Grade.EXACT;
  }

  @Override public int priority() {
    return -110;
  }

  @Override public Kernel create(KernelContext context) {
    return new Int8Kernel(new ScalarKernel(), encoding -> ROUNDED.contains(encoding.name()));
  }
}

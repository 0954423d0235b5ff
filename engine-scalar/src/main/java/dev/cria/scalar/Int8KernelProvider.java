package dev.cria.scalar;

import com.google.auto.service.AutoService;
import dev.cria.api.kernel.Grade;
import dev.cria.api.kernel.Kernel;
import dev.cria.api.kernel.KernelContext;
import dev.cria.api.kernel.KernelProvider;

/**
 * Offers llama2.c's own int8 arithmetic for weights in int8 groups, as {@code runq} computes: activations are rounded to int8 too.
 * Everything else goes to the best other kernel.
 *
 * <p>It is never chosen unless named: rounding x adds an error of up to {@code max |x| / 254} per element of a group, far more
 * than that of any sum. The grade is that of the other kernel, which is not known here.
 */
@AutoService(KernelProvider.class)
public final class Int8KernelProvider implements KernelProvider {

  /** How the names of int8 groups start; the size follows. */
  private static final String INT8_GROUPS = "int8-";

  /** Creates the provider; {@link java.util.ServiceLoader} does. */
  public Int8KernelProvider() {}

  @Override public String name() {
    return "llama2c";
  }

  @Override public Grade grade() {
    return Grade.BOUNDED;
  }

  @Override public int priority() {
    return -100;
  }

  @Override public Kernel create(KernelContext context) {
    return new Int8Kernel(context.base(), encoding -> encoding.name().startsWith(INT8_GROUPS));
  }
}

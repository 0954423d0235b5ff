package dev.cria.inference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.cria.api.Availability;
import dev.cria.api.Providers;
import dev.cria.api.UnknownProviderException;
import dev.cria.api.kernel.ForwardingKernel;
import dev.cria.api.kernel.Kernel;
import dev.cria.api.kernel.KernelContext;
import dev.cria.api.kernel.KernelProvider;
import dev.cria.api.kernel.KernelUnavailableException;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class KernelSelectorTest {

  /** A kernel that only knows its name and its base. */
  private static final class Named extends ForwardingKernel {
    private final String name;

    private Named(String name, Kernel base) {
      super(base);
      this.name = name;
    }

    private String chain() {
      return base() instanceof Named next ? name + " over " + next.chain() : name;
    }
  }

  private record Provided(String name, int priority, Availability availability, boolean wantsBase)
      implements
        KernelProvider {
    @Override public Kernel create(KernelContext context) {
      Kernel none = (Kernel) java.lang.reflect.Proxy.newProxyInstance(Kernel.class.getClassLoader(),
          new Class<?>[]{Kernel.class}, (proxy, method, arguments) -> null);
      return new Named(name, wantsBase ? context.base() : none);
    }
  }

  private static Provided kernel(String name, int priority) {
    return new Provided(name, priority, Availability.available(), false);
  }

  private static Provided plugin(String name, int priority) {
    return new Provided(name, priority, Availability.available(), true);
  }

  private static Provided broken(String name, int priority) {
    return new Provided(name, priority, Availability.unavailable("The moon is full. Wait a week."), false);
  }

  private static KernelSelector selector(KernelProvider... providers) {
    return new KernelSelector(Providers.of("backend", providers));
  }

  private static String chain(KernelChoice choice) {
    return ((Named) choice.kernel()).chain();
  }

  @Test void select_withoutName_takesTheHighestPriority() {
    KernelChoice choice = selector(kernel("scalar", 0), kernel("vector", 100)).select(Optional.empty());
    assertThat(choice.name()).isEqualTo("vector");
    assertThat(choice.reason()).isEqualTo("the best available");
  }

  @Test void select_betterOneCannotRun_saysWhyItWasPassedOver() {
    KernelChoice choice = selector(kernel("scalar", 0), broken("vector", 100)).select(Optional.empty());
    assertThat(choice.name()).isEqualTo("scalar");
    assertThat(choice.reason())
        .isEqualTo("the best available (vector cannot run: The moon is full. Wait a week)");
  }

  @Test void select_equalPriority_takesTheFirstOnTheClassPath() {
    assertThat(selector(kernel("one", 7), kernel("two", 7)).select(Optional.empty()).name()).isEqualTo("one");
  }

  @Test void select_named_takesItWhateverThePriority() {
    KernelChoice choice = selector(kernel("scalar", 0), kernel("vector", 100)).select(Optional.of("scalar"));
    assertThat(choice.name()).isEqualTo("scalar");
    assertThat(choice.reason()).isEqualTo("named");
  }

  @Test void select_namedThatCannotRun_isRefusedWithItsReason() {
    assertThatExceptionOfType(KernelUnavailableException.class)
        .isThrownBy(() -> selector(kernel("scalar", 0), broken("vector", 100)).select(Optional.of("vector")))
        .withMessage("Backend 'vector' cannot run here: The moon is full. Wait a week.");
  }

  @Test void select_unknownName_suggestsTheNearest() {
    assertThatExceptionOfType(UnknownProviderException.class)
        .isThrownBy(() -> selector(kernel("scalar", 0), kernel("vector", 100)).select(Optional.of("vectr")))
        .withMessage("Unknown backend 'vectr'. Available: scalar, vector. Did you mean 'vector'?");
  }

  @Test void select_noneCanRun_listsTheReasons() {
    assertThatExceptionOfType(KernelUnavailableException.class)
        .isThrownBy(() -> selector(broken("vector", 100)).select(Optional.empty()))
        .withMessage("No backend can run here (vector cannot run: The moon is full. Wait a week)."
            + " Run 'cria backends' for the whole list.");
  }

  @Test void base_ofAPlugin_isTheBestOther() {
    assertThat(
        chain(selector(kernel("scalar", 0), kernel("vector", 100), plugin("mine", 0)).select(Optional.of("mine"))))
        .isEqualTo("mine over vector");
  }

  @Test void base_ofABase_isNeverOneAboveIt() {
    assertThat(
        chain(selector(kernel("scalar", 0), plugin("vector", 100), plugin("mine", 200)).select(Optional.empty())))
        .isEqualTo("mine over vector over scalar");
    assertThat(
        chain(selector(kernel("scalar", 0), plugin("vector", 100), plugin("mine", 0)).select(Optional.of("vector"))))
        .isEqualTo("vector over scalar");
  }

  @Test void base_whereThereIsNoOther_isRefused() {
    assertThatExceptionOfType(KernelUnavailableException.class)
        .isThrownBy(() -> selector(plugin("mine", 0)).select(Optional.of("mine")))
        .withMessage("Backend 'mine' needs another backend as its base, and none is available.");
  }
}

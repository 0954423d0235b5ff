package dev.cria.api.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

final class ForwardingKernelTest {

  /** Every method of Kernel, so that one added later cannot be forgotten. */
  static Stream<Method> operations() {
    return Arrays.stream(Kernel.class.getMethods());
  }

  @Test void operations_areAllThatTheContractHas() {
    assertThat(operations().map(Method::getName)).contains("embed", "matmul", "caches", "prepare")
        .hasSizeGreaterThanOrEqualTo(13);
  }

  @ParameterizedTest
  @MethodSource("operations") void operation_isHandedToTheBase(Method operation) throws ReflectiveOperationException {
    List<String> calls = new ArrayList<>();
    @Nullable
    Object[] arguments = Arrays.stream(operation.getParameterTypes()).map(ForwardingKernelTest::sample).toArray();
    @Nullable
    Object answer = sample(operation.getReturnType());
    Kernel base = recording(calls, operation, arguments, answer);

    @Nullable
    Object result = call(operation, new ForwardingKernel(base) {}, arguments);

    assertThat(calls).containsExactly(operation.getName());
    assertThat(result).as("result of %s", operation.getName()).isSameAs(answer);
  }

  private static Kernel recording(
      List<String> calls, Method operation, @Nullable Object[] arguments, @Nullable Object answer) {
    return (Kernel) Proxy.newProxyInstance(Kernel.class.getClassLoader(), new Class<?>[]{Kernel.class},
        (proxy, called, passed) -> {
          assertThat(called).as("what the base was asked for").isEqualTo(operation);
          assertThat(passed == null ? new Object[0] : passed).as("arguments").containsExactly(arguments);
          calls.add(called.getName());
          return answer;
        });
  }

  private static @Nullable Object call(Method operation, Kernel kernel, @Nullable Object[] arguments)
      throws ReflectiveOperationException {
    try {
      return operation.invoke(kernel, arguments);
    } catch (InvocationTargetException e) {
      throw new AssertionError(operation + " threw", e.getCause());
    }
  }

  /** Something of that type that differs from what the defaults of Kernel answer. */
  private static @Nullable Object sample(Class<?> type) {
    return switch (type.getSimpleName()) {
      case "FloatMatrix" -> FloatMatrix.allocate(1, 2);
      case "WeightMatrix" -> PlainEncoding.F32.zeros("w", 3, 2);
      case "FusedMatmul" -> FusedMatmul.of(PlainEncoding.F32.zeros("w", 3, 2));
      case "RopeTable" -> new RopeTable(RopeLayout.INTERLEAVED, 2, 2, 1, new float[1], new float[1]);
      case "AttentionShape" -> AttentionShape.causal(2, 1, 4);
      case "GemmForm" -> new GemmForm(true, false, true);
      case "KernelLimits" -> new KernelLimits(1, 2, 3, 4, 5, 6);
      case "ScratchSize" -> new ScratchSize(17, 34);
      case "KeyLayout" -> KeyLayout.BY_POSITION;
      case "Encoding" -> PlainEncoding.F32;
      case "Worker" -> new FixedWorker(0, 1);
      case "Placement" -> new FixedPlacement(new EmptyCache(1, 4, 64, 64), 0);
      case "WeightLayout" -> new WeightLayout() {
        @Override public String name() {
          return "panels";
        }

        @Override public long byteSize(int rows, int cols, Encoding encoding) {
          return 1;
        }
      };
      case "List" -> List.of(FloatMatrix.allocate(1, 3));
      case "Set" -> Set.of(KernelFeature.GEMM);
      case "float[]" -> new float[2];
      case "int[]" -> new int[1];
      case "int" -> 42;
      case "float" -> 0.5f;
      case "boolean" -> true;
      case "void" -> null;
      default -> throw new AssertionError("a sample of " + type + " is needed here");
    };
  }
}

package dev.cria.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class UnknownProviderExceptionTest {

  @ParameterizedTest
  @CsvSource(delimiter = '|', textBlock = """
      vectr   | scalar,vector     | Unknown backend 'vectr'. Available: scalar, vector. Did you mean 'vector'?
      VECTOR  | scalar,vector     | Unknown backend 'VECTOR'. Available: scalar, vector. Did you mean 'vector'?
      vec     | scalar,vector     | Unknown backend 'vec'. Available: scalar, vector. Did you mean 'vector'?
      scaler  | scalar,vector     | Unknown backend 'scaler'. Available: scalar, vector. Did you mean 'scalar'?
      cuda    | scalar,vector     | Unknown backend 'cuda'. Available: scalar, vector.
      ''      | scalar,vector     | Unknown backend ''. Available: scalar, vector.
      ab      | aa,ac             | Unknown backend 'ab'. Available: aa, ac. Did you mean 'aa'?
      vector  | ''                | Unknown backend 'vector'. Available: none.
      """) void message_listsNamesAndSuggestsANearOne(String name, String available, String message) {
    List<String> names = available.isEmpty() ? List.of() : Arrays.asList(available.split(",", -1));

    assertThat(new UnknownProviderException("backend", name, names)).hasMessage(message)
        .isInstanceOf(IllegalArgumentException.class);
  }
}

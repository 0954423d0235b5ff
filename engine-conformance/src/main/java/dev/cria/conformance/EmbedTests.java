package dev.cria.conformance;

import dev.cria.api.kernel.Encoding;
import dev.cria.api.kernel.FloatMatrix;
import dev.cria.api.kernel.Shapes;
import dev.cria.api.kernel.WeightLayout;
import dev.cria.api.kernel.WeightMatrix;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What {@code embed} must do. */
abstract class EmbedTests extends KernelKit {

  private static final int VOCAB = 70;

  @Test void embed_ofAnyWidth_copiesTheRows() {
    for (int cols : SIZES) {
      Samples samples = new Samples(cols);
      WeightMatrix table = samples.weights("table", VOCAB, cols, Encodings.F32);
      bench().check(embed(samples, samples.strided(5, cols), table));
    }
  }

  @Test void embed_ofAnyEncoding_decodesOrRefuses() {
    for (Encoding encoding : encodings()) {
      Samples samples = new Samples(1);
      WeightMatrix table = samples.weights("table", VOCAB,
          3 * encoding.blockSize() * (encoding.blockSize() > 16 ? 1 : 16), encoding);
      FloatMatrix out = samples.strided(3, table.cols());
      bench().checkEncoded(embed(samples, out, table), List.of(encoding));
    }
  }

  @Test void embed_ofExtremeValues_copiesEveryBit() {
    float[] values = {0f, -0f, Float.MIN_VALUE, -Float.MIN_VALUE, Float.MIN_NORMAL, Float.MAX_VALUE, -Float.MAX_VALUE,
        Float.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY, Float.NaN, 1f, -1f};
    WeightMatrix table = Samples.weights("table", 2, 6, Encodings.F32, values);
    int[] tokens = {1, 0};
    bench().check(new EmbedCase(new Samples(1).matrix(2, 6), table, tokens));
  }

  @Test void embed_ofWrongArguments_isRefusedInTheWordsOfShapes() {
    Samples samples = new Samples(1);
    WeightMatrix table = samples.weights("table", VOCAB, 24, Encodings.F32);
    refuse(samples.matrix(2, 23), table, new int[]{1, 2});
    refuse(samples.matrix(2, 24), table, new int[]{1});
    refuse(samples.matrix(2, 24), table, new int[]{1, -1});
    refuse(samples.matrix(2, 24), table, new int[]{1, VOCAB});
    refuse(samples.matrix(2, 24), table, new int[]{Integer.MAX_VALUE, 1});
    WeightMatrix prepared = bench().prepared(table);
    if (!prepared.layout().equals(WeightLayout.ROW_MAJOR)) {
      refuse(samples.matrix(2, 24), prepared, new int[]{1, 2});
    }
  }

  private void refuse(FloatMatrix out, WeightMatrix table, int[] tokens) {
    bench().checkRefused(new EmbedCase(out, table, tokens), () -> Shapes.checkEmbed(out, table, tokens));
  }

  private static Case embed(Samples samples, FloatMatrix out, WeightMatrix table) {
    int[] tokens = samples.tokens(out.rows() + 1, table.rows()); // one more than needed
    tokens[0] = table.rows() - 1;
    return new EmbedCase(out, table, tokens);
  }
}

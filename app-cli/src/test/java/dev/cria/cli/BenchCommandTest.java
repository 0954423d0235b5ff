package dev.cria.cli;

import static dev.cria.cli.CliRunner.cria;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Measurements are short here: what counts is which there are, and how they are written. */
final class BenchCommandTest {

  private static final String SHAPE = "32x48x2x4x2x100x64";
  /** Embedding, two layers of two norms and seven matrices, a norm. */
  private static final int PARAMETERS = 100 * 32 + 2 * (2 * 32 + 2 * 32 * 32 + 2 * 16 * 32 + 3 * 48 * 32) + 32;

  @TempDir Path folder;

  @Test void json_listsOfEverything_hasARowForEachCombination() {
    String backends = String.join(",", TestBackends.names());
    var run = cria("bench", "--synthetic", SHAPE, "-p", "7,3", "-n", "2", "-t", "2,1", "-b", backends, "-r", "3", "-o",
        "json");
    assertThat(run.exit()).as(run.err()).isZero();
    assertThat(run.err()).as("nothing but results where nobody watches").isEmpty();
    List<String> expected = new ArrayList<>();
    for (String backend : TestBackends.names()) {
      for (int threads : new int[]{2, 1}) {
        for (String test : new String[]{"7 0", "3 0", "0 2"}) {
          expected.add(backend + " " + threads + " " + test);
        }
      }
    }
    JsonArray rows = JsonParser.parseString(run.out()).getAsJsonArray();
    assertThat(rows).extracting(BenchCommandTest::combination).containsExactlyElementsOf(expected);
    for (JsonElement element : rows) {
      JsonObject row = element.getAsJsonObject();
      assertThat(row.keySet()).containsExactly("model_filename", "model_size", "model_n_params", "backend", "n_threads",
          "n_prompt", "n_gen", "avg_ts", "stddev_ts", "samples_ts");
      assertThat(row.get("model_filename").getAsString()).isEqualTo("synthetic " + SHAPE);
      assertThat(row.get("model_n_params").getAsLong()).isEqualTo(PARAMETERS);
      assertThat(row.get("model_size").getAsLong()).isEqualTo(4L * PARAMETERS);
      List<Double> samples = row.getAsJsonArray("samples_ts").asList().stream().map(JsonElement::getAsDouble).toList();
      assertThat(samples).as(combination(row)).hasSize(3).allMatch(sample -> sample > 0);
      double mean = (samples.get(0) + samples.get(1) + samples.get(2)) / 3;
      assertThat(row.get("avg_ts").getAsDouble()).isCloseTo(mean, within(2e-6));
      assertThat(row.get("stddev_ts").getAsDouble()).isNotNegative();
    }
  }

  private static String combination(JsonElement element) {
    JsonObject row = element.getAsJsonObject();
    return row.get("backend").getAsString() + " " + row.get("n_threads") + " " + row.get("n_prompt") + " "
        + row.get("n_gen");
  }

  @Test void markdown_defaultsOfASmallContext_areAsMuchAsItHolds() {
    var run = cria("bench", "--synthetic", SHAPE, "-r", "1", "-t", "1");
    assertThat(run.exit()).as(run.err()).isZero();
    String name = "synthetic " + SHAPE;
    assertThat(run.out().lines().map(line -> line.replaceAll(" [0-9]+\\.[0-9]{2} ± 0\\.00 ", " N ± 0.00 ")
        .replaceAll(" +", " "))).containsExactly(
            "| model | size | params | backend | threads | test | t/s |",
            "| " + "-".repeat(name.length()) + " | ---------: | ---------: | ---------- | ------: | -------: |"
                + " -------------------: |",
            "| " + name + " | 75 kB | 0.02 M | " + TestBackends.names().getFirst() + " | 1 | pp64 | N ± 0.00 |",
            "| " + name + " | 75 kB | 0.02 M | " + TestBackends.names().getFirst() + " | 1 | tg64 | N ± 0.00 |");
    assertThat(run.out().lines().map(String::length).distinct()).as("columns are aligned").hasSize(1);
  }

  @Test void csv_ofAFile_hasALineOfNamesAndTheFileAsGiven() throws Exception {
    Path model = TestModel.writeModel(folder);
    var run = cria("bench", model, "-p", "0", "-n", "2", "-t", "1", "-r", "2", "-o", "csv");
    assertThat(run.exit()).as(run.err()).isZero();
    assertThat(run.out().lines()).as("-p 0 leaves the prompt out").hasSize(2);
    List<String> names = cells(run.out().lines().toList().get(0));
    List<String> values = cells(run.out().lines().toList().get(1));
    assertThat(names).containsExactly("model_filename", "model_size", "model_n_params", "backend", "n_threads",
        "n_prompt", "n_gen", "avg_ts", "stddev_ts", "samples_ts");
    assertThat(values).hasSize(10);
    assertThat(values.get(0)).isEqualTo(model.toString());
    assertThat(values.subList(3, 7)).containsExactly(TestBackends.names().getFirst(), "1", "0", "2");
    assertThat(JsonParser.parseString(values.get(9)).getAsJsonArray()).hasSize(2);
  }

  /** Of a line whose cells are all in quotes and hold none. */
  private static List<String> cells(String line) {
    assertThat(line).startsWith("\"").endsWith("\"");
    return List.of(line.substring(1, line.length() - 1).split("\",\"", -1));
  }

  @Test void model_notNamed_isTheBuiltInOne() {
    var run = cria("bench", "-p", "1", "-n", "0", "-t", "1", "-r", "1", "-o", "json");
    assertThat(run.message()).startsWith("cria: no model named; using the built-in one");
    JsonArray rows = JsonParser.parseString(run.out()).getAsJsonArray();
    assertThat(rows).hasSize(1);
    assertThat(rows.get(0).getAsJsonObject().get("model_filename").getAsString()).isEqualTo("built-in");
  }

  @Test void lengths_beyondTheContext_areRefused() throws Exception {
    Path model = TestModel.writeModel(folder);
    for (String option : new String[]{"-p", "-n"}) {
      var run = cria("bench", model, option, "8,512");
      assertThat(run.message()).isEqualTo("cria: " + option + " must be in [0, 256], as many as the context of "
          + model + " holds, got '512'.");
      assertThat(run.exit()).isEqualTo(2);
      assertThat(run.bytes()).isEmpty();
    }
  }

  @Test void backend_unknownAmongGoodOnes_isRefusedBeforeAnythingRuns() {
    var run = cria("bench", "--synthetic", SHAPE, "-b", TestBackends.names().getFirst() + ",cuda");
    assertThat(run.message()).isEqualTo("cria: Unknown backend 'cuda'. Available: "
        + String.join(", ", TestBackends.names().stream().sorted().toList()) + ".");
    assertThat(run.exit()).isEqualTo(2);
    assertThat(run.bytes()).isEmpty();
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(delimiter = '|', textBlock = """
      32x48x2x4x2x100          | --synthetic: the shape must be DIMxHIDDENxLAYERSxHEADSxKVHEADSxVOCABxCONTEXT, 7 numbers such as 288x768x6x6x6x32000x256, got '32x48x2x4x2x100'.
      32x48x2x4x2x100x64x1     | --synthetic: the shape must be DIMxHIDDENxLAYERSxHEADSxKVHEADSxVOCABxCONTEXT, 7 numbers such as 288x768x6x6x6x32000x256, got '32x48x2x4x2x100x64x1'.
      big                      | --synthetic: the shape must be DIMxHIDDENxLAYERSxHEADSxKVHEADSxVOCABxCONTEXT, 7 numbers such as 288x768x6x6x6x32000x256, got 'big'.
      32x48xtwox4x2x100x64     | --synthetic: LAYERS must be a whole number from 1 on, got 'two'.
      32x0x2x4x2x100x64        | --synthetic: HIDDEN must be a whole number from 1 on, got '0'.
      32x48x2x4x2x100x         | --synthetic: CONTEXT must be a whole number from 1 on, got ''.
      32x48x2x5x5x100x64       | --synthetic: DIM must be a multiple of 2 * HEADS, got 32 and 5.
      36x48x2x4x2x100x64       | --synthetic: DIM must be a multiple of 2 * HEADS, got 36 and 4.
      32x48x2x4x3x100x64       | --synthetic: HEADS must be a multiple of KVHEADS, got 4 and 3.
      """) void synthetic_badShape_saysWhatIsWrong(
      String shape, String message) {
    var run = cria("bench", "--synthetic", shape);
    assertThat(run.message()).isEqualTo("cria: " + message);
    assertThat(run.exit()).isEqualTo(2);
    assertThat(run.bytes()).isEmpty();
  }

  @Test void synthetic_largerThanTheMachine_isRefusedBeforeAnythingIsMade() {
    var run = cria("bench", "--synthetic", "2000000000x2000000000x2000000000x1x1x2000000000x1");
    assertThat(run.message()).matches("cria: --synthetic: its weights take 9\\.2 EB, this machine has .+; give smaller"
        + " sizes\\.");
    assertThat(run.exit()).isEqualTo(2);
  }

  @Test void json_nameWithQuotes_isOneStringAllTheSame() {
    String name = "C:\\a \"b\"\t\u00e9.bin";
    BenchFormat json = BenchFormat.of("json");
    BenchModel model = new BenchModel(name, 4, 1);
    BenchRow row = new BenchRow(model, "b", 1, new BenchTest(0, 3), List.of(1.0, 2.5));
    String text = json.begin(model) + json.row(row) + json.row(row) + json.end();
    JsonArray rows = JsonParser.parseString(text).getAsJsonArray();
    assertThat(rows).hasSize(2);
    assertThat(rows.get(1).getAsJsonObject().get("model_filename").getAsString()).isEqualTo(name);
    BenchFormat empty = BenchFormat.of("json");
    assertThat(JsonParser.parseString(empty.begin(model) + empty.end()).getAsJsonArray()).isEmpty();
    assertThat(BenchFormat.of("csv").row(row)).contains("\"C:\\a \"\"b\"\"\t\u00e9.bin\",\"4\",\"1\",\"b\",\"1\",\"0\","
        + "\"3\",\"1.750000\",\"1.060660\",\"[1.000000, 2.500000]\"\n");
  }

  @Test void report_readerGoneAway_endsQuietlyWith141() {
    OutputStream closed = new OutputStream() {
      @Override public void write(int octet) throws IOException {
        throw new IOException("Broken pipe");
      }
    };
    var run = new CliRunner().out(closed).run("bench", "--synthetic", SHAPE, "-p", "1", "-n", "0", "-r", "1");
    assertThat(run.exit()).isEqualTo(ExitCode.CLOSED_PIPE);
    assertThat(run.err()).isEmpty();
  }
}

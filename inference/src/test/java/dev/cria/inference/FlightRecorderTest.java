package dev.cria.inference;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import dev.cria.api.checkpoint.Checkpoint;
import dev.cria.api.kernel.ScratchSize;
import dev.cria.checkpoints.BuiltInCheckpoint;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import jdk.jfr.EventType;
import jdk.jfr.FlightRecorder;
import jdk.jfr.Recording;
import jdk.jfr.ValueDescriptor;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordingFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class FlightRecorderTest {

  private static final String PROMPT = "Once upon a time";
  private static final int THREADS = 2;

  @TempDir Path folder;

  /** The events of loading the built-in model and letting it tell a story, in the order of their time. */
  private List<RecordedEvent> record(boolean layers, List<GenerationFigures> figures) throws IOException {
    Path file = folder.resolve("recording.jfr");
    try (Recording recording = new Recording()) {
      if (layers) {
        recording.enable("dev.cria.Layer");
      }
      recording.start();
      try (Engine engine = Engine.builtIn().backend(TestBackends.names().getFirst()).threads(THREADS).load()) {
        figures.add(engine.generate(GenerationRequest.of(PROMPT)).figures());
      }
      recording.stop();
      recording.dump(file);
    }
    return RecordingFile.readAllEvents(file).stream()
        .filter(event -> event.getEventType().getName().startsWith("dev.cria."))
        .sorted((a, b) -> a.getStartTime().compareTo(b.getStartTime())).toList();
  }

  private static List<RecordedEvent> named(String name, List<RecordedEvent> events) {
    return events.stream().filter(event -> event.getEventType().getName().equals(name)).toList();
  }

  @Test void recording_ofAGeneration_hasItsLoadPromptAndTokens() throws IOException {
    List<GenerationFigures> figures = new ArrayList<>();
    List<RecordedEvent> events = record(false, figures);
    int promptTokens = figures.getFirst().promptTokens();
    int generated = figures.getFirst().generatedTokens();
    assertThat(promptTokens).isGreaterThan(1);

    assertThat(named("dev.cria.Load", events)).singleElement().satisfies(load -> {
      assertThat(load.getString("model")).isEqualTo(BuiltInCheckpoint.SOURCE);
      try (Checkpoint builtIn = BuiltInCheckpoint.open()) {
        assertThat(load.getLong("bytes")).isEqualTo(builtIn.byteSize());
      }
      assertThat(load.getString("backend")).isEqualTo(TestBackends.names().getFirst());
      assertThat(load.getInt("threads")).isEqualTo(THREADS);
    });
    assertThat(named("dev.cria.Prompt", events)).singleElement().satisfies(prompt -> {
      assertThat(prompt.getInt("tokens")).isEqualTo(promptTokens);
      assertThat(prompt.getInt("batch")).isEqualTo(promptTokens);
    });
    List<RecordedEvent> tokens = named("dev.cria.Token", events);
    assertThat(tokens).as("the prompt's event has the first that was drawn").hasSize(generated - 1);
    assertThat(tokens).extracting(token -> token.getInt("position"))
        .isEqualTo(IntStream.range(promptTokens, promptTokens + generated - 1).boxed().toList());
    assertThat(named("dev.cria.Layer", events)).as("off unless asked for").isEmpty();
    assertThat(events).allSatisfy(event -> assertThat(event.getDuration()).as(event.toString()).isPositive());
    assertThat(tokens.getFirst().getStartTime()).as("one after the other")
        .isAfterOrEqualTo(named("dev.cria.Prompt", events).getFirst().getEndTime());
  }

  @Test void recording_withLayers_hasEachOfEveryForwardPassOnce() throws IOException {
    List<GenerationFigures> figures = new ArrayList<>();
    List<RecordedEvent> events = record(true, figures);
    int promptTokens = figures.getFirst().promptTokens();
    int passes = 1 + named("dev.cria.Token", events).size();
    int layers;
    try (Checkpoint builtIn = BuiltInCheckpoint.open()) {
      layers = builtIn.configuration().layers();
    }
    List<RecordedEvent> recorded = named("dev.cria.Layer", events);
    assertThat(recorded).extracting(layer -> layer.getInt("layer") + " of " + layer.getInt("rows"))
        .isEqualTo(IntStream.range(0, passes).boxed().flatMap(pass -> IntStream.range(0, layers)
            .mapToObj(layer -> layer + " of " + (pass == 0 ? promptTokens : 1))).toList());
    Duration inLayers = recorded.stream().map(RecordedEvent::getDuration).reduce(Duration.ZERO, Duration::plus);
    Duration inPasses = Stream.of("dev.cria.Prompt", "dev.cria.Token").flatMap(name -> named(name, events).stream())
        .map(RecordedEvent::getDuration).reduce(Duration.ZERO, Duration::plus);
    assertThat(inLayers).isPositive().isLessThan(inPasses);
  }

  @Test void eventTypes_areDescribed() {
    assertThat(List.of(new LoadEvent(), new PromptEvent(), new TokenEvent(), new LayerEvent())).as("loaded").hasSize(4);
    List<EventType> types = FlightRecorder.getFlightRecorder().getEventTypes().stream()
        .filter(type -> type.getName().startsWith("dev.cria.")).toList();
    assertThat(types).extracting(EventType::getName)
        .containsExactlyInAnyOrder("dev.cria.Load", "dev.cria.Prompt", "dev.cria.Token", "dev.cria.Layer");
    for (EventType type : types) {
      assertThat(type.getCategoryNames()).as(type.getName()).containsExactly("Cria");
      assertThat(type.getLabel()).as(type.getName()).isNotBlank().isNotEqualTo(type.getName());
      assertThat(type.getDescription()).as(type.getName()).isNotBlank();
      assertThat(type.getFields()).extracting(ValueDescriptor::getLabel).as(type.getName()).doesNotContainNull();
    }
    EventType load = types.stream().filter(type -> type.getName().equals("dev.cria.Load")).findFirst().orElseThrow();
    assertThat(load.getField("bytes").getContentType()).isEqualTo("jdk.jfr.DataAmount");
  }

  @Test void run_withoutARecording_doesNotSetUpFlightRecorder() throws Exception {
    Process process = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(),
        "-Xlog:class+load:stdout", "-cp", System.getProperty("java.class.path"), ToldStories.class.getName(),
        TestBackends.names().getFirst())
        .redirectErrorStream(true).start();
    String out = new String(process.getInputStream().readAllBytes(), UTF_8);
    assertThat(process.waitFor()).as(out).isZero();
    assertThat(out).as("the engine ran").contains("> Tom and his dog\nTom and his dog",
        " " + LayerTimer.class.getName() + " ");
    assertThat(out.lines().filter(line -> line.contains(" jdk.jfr."))
        .map(line -> line.replaceAll("^.*?(jdk\\.jfr\\S+).*", "$1"))).containsExactly("jdk.jfr.FlightRecorder");
  }

  @ParameterizedTest(name = "with a recording: {0}")
  @ValueSource(booleans = {false, true}) void events_inSteadyState_allocateNothing(boolean recorded) {
    try (Recording recording = new Recording()) {
      if (recorded) {
        recording.enable("dev.cria.Layer");
        recording.start();
      }
      GenerationEvents generation = new GenerationEvents(0, 1, 1);
      LayerTimer layers = new LayerTimer();
      ThreadTeam.Task token = worker -> {
        generation.begin(1);
        layers.begin(worker);
        layers.end(worker, 0, 1);
        generation.end(1);
      };
      try (ThreadTeam team = new ThreadTeam(1, ScratchSize.NONE)) {
        boolean quiet = false; // the first events of a thread make its buffer, and so may another one now and then
        for (int batch = 0; batch < 50 && !quiet; batch++) {
          quiet = allocated(team, token, 1000) == 0;
        }
        assertThat(quiet).as("1000 events allocate nothing").isTrue();
      }
    }
  }

  private static long allocated(ThreadTeam team, ThreadTeam.Task task, int times) {
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    long before = threads.getCurrentThreadAllocatedBytes();
    for (int i = 0; i < times; i++) {
      team.run(task);
    }
    return threads.getCurrentThreadAllocatedBytes() - before;
  }
}

package dev.cria.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import java.util.Set;
import java.util.TreeSet;
import org.junit.platform.engine.TestDescriptor;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.engine.support.descriptor.MethodSource;
import org.junit.platform.testkit.engine.EngineExecutionResults;
import org.junit.platform.testkit.engine.EngineTestKit;
import org.junit.platform.testkit.engine.Event;

/**
 * One run of a kit on a subject.
 *
 * @param failed tests by method, those with a parameter as {@code method[parameter]}
 */
record KitRun(Set<String> failed) {

  /** Runs a kit. Nothing may be skipped or left out: a kit that does not ask proves nothing. */
  static KitRun of(Class<?> subject) {
    EngineExecutionResults results = EngineTestKit.engine("junit-jupiter").selectors(selectClass(subject)).execute();
    assertThat(results.containerEvents().failed().list()).as("containers that failed").isEmpty();
    assertThat(results.allEvents().skipped().list()).as("skipped, with reasons").isEmpty();
    assertThat(results.allEvents().aborted().list()).as("aborted, with reasons").isEmpty();
    assertThat(results.testEvents().started().count()).as("tests that ran").isGreaterThan(10);
    Set<String> failed = new TreeSet<>();
    for (Event event : results.testEvents().failed().list()) {
      failed.add(name(event.getTestDescriptor()));
      if (Boolean.getBoolean("cria.kit.verbose")) {
        System.out.println(name(event.getTestDescriptor()) + ": "
            + event.getRequiredPayload(TestExecutionResult.class).getThrowable());
      }
    }
    return new KitRun(failed);
  }

  private static String name(TestDescriptor test) {
    String method = test.getSource().map(source -> ((MethodSource) source).getMethodName()).orElseThrow();
    boolean parameterized = test.getUniqueId().getLastSegment().getType().equals("test-template-invocation");
    return parameterized ? method + "[" + test.getDisplayName() + "]" : method;
  }
}

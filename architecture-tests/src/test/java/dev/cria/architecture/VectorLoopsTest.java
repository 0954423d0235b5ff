package dev.cria.architecture;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noMethods;

import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.util.regex.Pattern;

/** The launcher tells the JVM by their names which methods to compile early: those that speak of vectors must have such names. */
@AnalyzeClasses(packages = "dev.cria.vector", importOptions = ImportOption.DoNotIncludeTests.class)
final class VectorLoopsTest {

  private static final Pattern COMPILED_EARLY = Pattern.compile("(vector|copy).*");

  @ArchTest static final ArchRule vectorLoops_areNamedSo = noMethods()
      .that(describe("are not named vector… or copy…",
          (JavaMethod method) -> !COMPILED_EARLY.matcher(method.getName()).matches()))
      .and().areDeclaredInClassesThat().doNotHaveSimpleName("VectorShapes")
      .and().areDeclaredInClassesThat().doNotHaveSimpleName("VectorSupport")
      .should(callTheVectorApi()).allowEmptyShould(true)
      .because(
          "options of the launcher go by these names: without them a loop stays a hundred times too slow for too long");

  private static ArchCondition<JavaMethod> callTheVectorApi() {
    return new ArchCondition<>("call the Vector API") {
      @Override public void check(JavaMethod method, ConditionEvents events) {
        boolean calls = method.getMethodCallsFromSelf().stream()
            .anyMatch(call -> call.getTargetOwner().getPackageName().startsWith("jdk.incubator"));
        events.add(new SimpleConditionEvent(method, calls, method.getFullName() + (calls ? " calls it" : " does not")));
      }
    };
  }
}

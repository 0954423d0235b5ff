package dev.cria.architecture;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.util.List;

@AnalyzeClasses(packages = "dev.cria", importOptions = WrittenByUs.class)
final class LayersTest {

  /** The modules of ARCHITECTURE.md by package, the highest first: each may use only what stands after it. */
  private static final List<String> LAYERS = List.of("cli", "benchmarks", "training", "inference", "sampling",
      "checkpoints", "tokenizers", "encodings", "scalar", "vector", "conformance", "api");

  /** So that a wrong path, which would scan nothing, cannot pass for a clean project. */
  private static final int CLASSES_AT_LEAST = 100;

  @ArchTest static void scan_findsTheProject(JavaClasses classes) {
    assertThat(classes).as("classes scanned").hasSizeGreaterThanOrEqualTo(CLASSES_AT_LEAST);
    assertThat(classes).as("packages").allSatisfy(type -> assertThat(LAYERS).contains(layer(type.getPackageName())));
  }

  @ArchTest static void arrows_pointDownOnly(JavaClasses classes) {
    for (int layer = 1; layer < LAYERS.size(); layer++) {
      String[] above = LAYERS.subList(0, layer).stream().map(LayersTest::packages).toArray(String[]::new);
      noClasses().that().resideInAPackage(packages(LAYERS.get(layer)))
          .should().dependOnClassesThat().resideInAnyPackage(above)
          .because("arrows of ARCHITECTURE.md point down only").allowEmptyShould(true).check(classes);
    }
  }

  @ArchTest static void backends_areNamedByNobody(JavaClasses classes) {
    for (String backend : List.of("scalar", "vector")) {
      noClasses().that().resideOutsideOfPackage(packages(backend))
          .should().dependOnClassesThat().resideInAPackage(packages(backend))
          .because("a backend is found by ServiceLoader, so that it can be deleted").check(classes);
    }
  }

  @ArchTest static final ArchRule conformance_isForTestsOnly = noClasses().that()
      .resideOutsideOfPackage(packages("conformance"))
      .should().dependOnClassesThat().resideInAPackage(packages("conformance"));

  @ArchTest static final ArchRule api_needsJavaBaseOnly = classes().that().resideInAPackage(packages("api"))
      .should()
      .onlyDependOnClassesThat(describe("are in java.base, the API itself or jspecify", LayersTest::isKnownToApi))
      .because("whoever writes a plugin gets the SPI and nothing else");

  @ArchTest static final ArchRule packages_haveNoCycles = slices().matching("dev.cria.(**)").should().beFreeOfCycles();

  private static boolean isKnownToApi(JavaClass type) {
    JavaClass element = type.getBaseComponentType();
    return element.isPrimitive() || Object.class.getModule().getPackages().contains(element.getPackageName())
        || element.getPackageName().matches("dev\\.cria\\.api(\\..*)?|org\\.jspecify\\.annotations");
  }

  private static String packages(String layer) {
    return "dev.cria." + layer + "..";
  }

  private static String layer(String packageName) {
    return packageName.split("\\.", -1)[2];
  }
}

package dev.cria.architecture;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.GeneralCodingRules.ACCESS_STANDARD_STREAMS;

import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

@AnalyzeClasses(packages = "dev.cria", importOptions = WrittenByUs.class)
final class BoundariesTest {

  @ArchTest static final ArchRule vectorApi_staysInVector = noClasses().that()
      .resideOutsideOfPackages("dev.cria.vector..", "dev.cria.benchmarks..")
      .should().dependOnClassesThat().resideInAPackage("jdk.incubator..")
      .because("everything else must run where the incubator module is absent");

  @ArchTest static final ArchRule vectorProvider_namesNoVectorType = noClasses().that()
      .resideInAPackage("dev.cria.vector..").and().haveSimpleNameEndingWith("Provider")
      .should().dependOnClassesThat().resideInAPackage("jdk.incubator..").allowEmptyShould(true)
      .because("a provider must load on any JVM; one that names a missing class breaks every other provider");

  @ArchTest static final ArchRule wiring_staysInCli = noClasses().that().resideOutsideOfPackage("dev.cria.cli..")
      .should().dependOnClassesThat()
      .resideInAnyPackage("com.google.inject..", "com.google.common..", "jakarta.inject..",
          "picocli..", "org.jline..")
      .because("library classes take constructor arguments and work with new");

  @ArchTest static final ArchRule json_isReadByFoldersAndConversationsAlone = noClasses().that()
      .resideOutsideOfPackage("dev.cria.checkpoints..").and().doNotHaveSimpleName("ConversationFile")
      .or().haveSimpleName("SafetensorsFormat").should()
      .dependOnClassesThat().resideInAPackage("com.google.gson..")
      .because("the format is asked about every file, and a start must not load what it does not need");

  @ArchTest static final ArchRule standardStreams_belongToTheCommandLine = noClasses().that()
      .resideOutsideOfPackages("dev.cria.cli..", "dev.cria.benchmarks..").should(ACCESS_STANDARD_STREAMS);

  @ArchTest static final ArchRule flightRecorder_isToldByTheEngine = noClasses().that()
      .resideOutsideOfPackage("dev.cria.inference..")
      .should().dependOnClassesThat().resideInAPackage("jdk.jfr..")
      .because("an event costs the start of the program, if it is not made with care");

  @ArchTest static final ArchRule testLibraries_stayInTheKit = noClasses().that(resideInAPackage("dev.cria..")).and()
      .resideOutsideOfPackage("dev.cria.conformance..")
      .should().dependOnClassesThat().resideInAnyPackage("org.junit..", "org.assertj..");
}

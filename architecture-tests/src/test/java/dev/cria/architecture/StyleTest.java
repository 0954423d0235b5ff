package dev.cria.architecture;

import static com.tngtech.archunit.core.domain.JavaModifier.ABSTRACT;
import static com.tngtech.archunit.core.domain.JavaModifier.FINAL;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.codeUnits;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import org.jspecify.annotations.NullMarked;

@AnalyzeClasses(packages = "dev.cria", importOptions = WrittenByUs.class)
final class StyleTest {

  @ArchTest static void packages_areNullMarked(JavaClasses classes) {
    assertThat(classes).as("package of every class").allSatisfy(
        type -> assertThat(type.getPackage().isAnnotatedWith(NullMarked.class)).as(type.getPackageName()).isTrue());
  }

  /* Forwarding* is the one kind of class that a plugin extends. */
  @ArchTest static final ArchRule apiTypes_areContractsOrValues = classes()
      .that().resideInAPackage("dev.cria.api..").and().arePublic().should(
          ArchConditions.be("interfaces, records, enums, annotations, exceptions, final classes or Forwarding*",
              type -> isContractOrValue(type) || type.isAssignableTo(Throwable.class)
                  || type.getModifiers().contains(FINAL) || type.getSimpleName().startsWith("Forwarding")))
      .allowEmptyShould(true);

  @ArchTest static final ArchRule hiddenClasses_areFinalOrAbstract = classes().that().areNotPublic().and()
      .areNotAnonymousClasses().and().doNotHaveSimpleName("package-info").should(ArchConditions.be("final or abstract",
          type -> isContractOrValue(type) || type.getModifiers().contains(FINAL)
              || type.getModifiers().contains(ABSTRACT)))
      .allowEmptyShould(true);

  @ArchTest static final ArchRule names_sayWhatAThingIs = noClasses()
      .should().haveNameMatching(".*(Util|Utils|Helper|Manager|Impl|Common|Misc)(\\$.*)?")
      .orShould().resideInAnyPackage("..util..", "..utils..", "..common..", "..impl..", "..helper..", "..internal..");

  @ArchTest static final ArchRule thrown_isNeverTooWide = codeUnits().should(ArchConditions.throwNoWiderThanNeeded())
      .allowEmptyShould(true);

  @ArchTest static final ArchRule caught_isNeverTooWide = codeUnits().should(ArchConditions.catchNoWiderThanNeeded())
      .allowEmptyShould(true);

  private static boolean isContractOrValue(JavaClass type) {
    return type.isInterface() || type.isRecord() || type.isEnum() || type.isAnnotation();
  }
}

package dev.cria.architecture;

import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaCodeUnit;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.domain.TryCatchBlock;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.util.List;
import java.util.ServiceConfigurationError;
import java.util.Set;
import java.util.function.Predicate;

/** Conditions that ArchUnit does not bring. */
final class ArchConditions {

  private static final List<Class<? extends Throwable>> TOO_WIDE = List.of(Throwable.class, Exception.class,
      RuntimeException.class, Error.class);

  /** Who may catch whatever comes, to hand it on: the first two to the thread that waits, the last to a failing test. */
  private static final Set<String> HAND_ON = Set.of("dev.cria.inference.ThreadTeam", "dev.cria.conformance.Team",
      "dev.cria.conformance.CheckpointReadTests");

  private ArchConditions() {}

  static ArchCondition<JavaClass> be(String description, Predicate<JavaClass> allowed) {
    return new ArchCondition<>("be " + description) {
      @Override public void check(JavaClass type, ConditionEvents events) {
        if (!allowed.test(type)) {
          events.add(SimpleConditionEvent.violated(type, type.getName() + " is none of: " + description));
        }
      }
    };
  }

  /** Neither declares nor creates a {@code Throwable}, {@code Exception}, {@code RuntimeException} or {@code Error}. */
  static ArchCondition<JavaCodeUnit> throwNoWiderThanNeeded() {
    return new ArchCondition<>("throw exceptions that say what went wrong") {
      @Override public void check(JavaCodeUnit unit, ConditionEvents events) {
        if (unit.getModifiers().contains(JavaModifier.BRIDGE)) {
          return; // the compiler's, with the signature of the interface
        }
        unit.getExceptionTypes().stream().filter(ArchConditions::isTooWide)
            .forEach(type -> report(events, unit, "declares " + type.getName()));
        unit.getConstructorCallsFromSelf().stream().map(JavaAccess::getTargetOwner).filter(ArchConditions::isTooWide)
            .filter(type -> !isOwnSuperConstructor(unit, type))
            .forEach(type -> report(events, unit, "creates " + type.getName()));
      }
    };
  }

  /*
   * RuntimeException may be caught beside ServiceConfigurationError: the loading of plugins looks so, and nothing else does.
   * The compiler itself catches Throwable, for try-with-resources (and adds the suppressed one) and for record patterns
   * (and throws MatchException); code units with these marks are let through.
   */
  static ArchCondition<JavaCodeUnit> catchNoWiderThanNeeded() {
    return new ArchCondition<>("catch what they can handle") {
      @Override public void check(JavaCodeUnit unit, ConditionEvents events) {
        if (HAND_ON.contains(unit.getOwner().getName())) {
          return;
        }
        for (TryCatchBlock block : unit.getTryCatchBlocks()) {
          boolean loadsPlugins = block.getCaughtThrowables().stream()
              .anyMatch(type -> type.isEquivalentTo(ServiceConfigurationError.class));
          block.getCaughtThrowables().stream().filter(ArchConditions::isTooWide)
              .filter(type -> !(loadsPlugins && type.isEquivalentTo(RuntimeException.class)))
              .filter(type -> !(type.isEquivalentTo(Throwable.class) && isCompilersOwn(unit)))
              .forEach(type -> report(events, unit, "catches " + type.getName()));
        }
      }
    };
  }

  private static boolean isTooWide(JavaClass type) {
    return TOO_WIDE.stream().anyMatch(type::isEquivalentTo);
  }

  private static boolean isOwnSuperConstructor(JavaCodeUnit unit, JavaClass created) {
    return unit.isConstructor() && unit.getOwner().getRawSuperclass().filter(created::equals).isPresent();
  }

  private static boolean isCompilersOwn(JavaCodeUnit unit) {
    return unit.getAccessesFromSelf().stream().anyMatch(access -> access.getName().equals("addSuppressed")
        || access.getTargetOwner().isEquivalentTo(MatchException.class));
  }

  private static void report(ConditionEvents events, JavaCodeUnit unit, String what) {
    events
        .add(SimpleConditionEvent.violated(unit, unit.getFullName() + " " + what + " " + unit.getSourceCodeLocation()));
  }
}

package dev.cria.conformance;

import dev.cria.api.kernel.Grade;
import dev.cria.conformance.KernelMutantTest.Mutant;
import java.util.stream.Stream;

/** The kernels of {@link KernelMutantTest}. */
final class KernelMutantTable {

  private KernelMutantTable() {}

  static Stream<Mutant> mutants() {
    return Stream.of(
        new Mutant("oracle", Grade.EXACT, base -> base),
        new Mutant("oracle", Grade.BOUNDED, base -> base),
        new Mutant("own matmul", Grade.EXACT, OwnMatmul::new),
        new Mutant("own attention", Grade.EXACT, OwnAttention::new),
        new Mutant("packed", Grade.EXACT, PackedKernel::new),
        new Mutant("other order", Grade.EXACT, MatmulMutants.OtherOrder::new),
        new Mutant("other order", Grade.BOUNDED, MatmulMutants.OtherOrder::new),
        new Mutant("lost tail", Grade.BOUNDED, MatmulMutants.LostTail::new),
        new Mutant("one past the share", Grade.EXACT, MatmulMutants.OnePastTheShare::new),
        new Mutant("drawn", Grade.EXACT, MatmulMutants.Drawn::new),
        new Mutant("drawn again", Grade.EXACT, MatmulMutants.DrawnAgain::new),
        new Mutant("low precision sum", Grade.BOUNDED, MatmulMutants.LowPrecisionSum::new),
        new Mutant("flushed subnormals", Grade.EXACT, MatmulMutants.FlushedSubnormals::new),
        new Mutant("order by batch size", Grade.BOUNDED, MatmulMutants.OrderByBatchSize::new),
        new Mutant("stale scratch", Grade.EXACT, MatmulMutants.StaleScratch::new),
        new Mutant("too little scratch", Grade.EXACT, MatmulMutants.TooLittleScratch::new),
        new Mutant("shared scratch", Grade.EXACT, MatmulMutants.SharedScratch::new),
        new Mutant("any shape", Grade.EXACT, MatmulMutants.AnyShape::new),
        new Mutant("lost panel", Grade.EXACT, MatmulMutants.LostPanel::new),
        new Mutant("packed by all", Grade.EXACT, MatmulMutants.PackedByAll::new),
        new Mutant("rounding", Grade.EXACT, RoundingMutants::right),
        new Mutant("rounding unsaid", Grade.BOUNDED, RoundingMutants.Unsaid::new),
        new Mutant("rounding only said", Grade.EXACT, RoundingMutants.OnlySaid::new),
        new Mutant("rounding only said", Grade.BOUNDED, RoundingMutants.OnlySaid::new),
        new Mutant("coarse rounding", Grade.BOUNDED, RoundingMutants.Coarse::new),
        new Mutant("lost sign of zero", Grade.BOUNDED, OtherMutants.LostSignOfZero::new),
        new Mutant("missing epsilon", Grade.BOUNDED, OtherMutants.MissingEpsilon::new),
        new Mutant("stripes by workers", Grade.BOUNDED, OtherMutants.StripesByWorkers::new),
        new Mutant("lonely barrier", Grade.EXACT, OtherMutants.LonelyBarrier::new),
        new Mutant("own words", Grade.EXACT, OtherMutants.OwnWords::new),
        new Mutant("swapped pairs", Grade.BOUNDED, OtherMutants.SwappedPairs::new),
        new Mutant("first shift", Grade.BOUNDED, OtherMutants.FirstShift::new),
        new Mutant("allocating", Grade.EXACT, OtherMutants.Allocating::new),
        new Mutant("stored by all", Grade.EXACT, OtherMutants.StoredByAll::new),
        new Mutant("spoilt operand", Grade.EXACT, OtherMutants.SpoiltOperand::new),
        new Mutant("late check", Grade.EXACT, OtherMutants.LateCheck::new),
        new Mutant("wrong groups", Grade.BOUNDED, OtherMutants.WrongGroups::new),
        new Mutant("sees the next", Grade.BOUNDED, OtherMutants.SeesTheNext::new),
        new Mutant("lost NaN", Grade.BOUNDED, OtherMutants.LostNaN::new),
        new Mutant("false ability", Grade.BOUNDED, OtherMutants.FalseAbility::new),
        new Mutant("wide window", Grade.BOUNDED, OtherMutants.WideWindow::new),
        new Mutant("false refusal", Grade.EXACT, OtherMutants.FalseRefusal::new),
        new Mutant("written gap", Grade.EXACT, OtherMutants.WrittenGap::new));
  }
}

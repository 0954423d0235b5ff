package dev.cria.vector;

import static org.assertj.core.api.Assertions.assertThat;

import jdk.incubator.vector.VectorShape;
import org.junit.jupiter.api.Test;

/** The width of vectors: the build sets the property, or leaves it out. */
class VectorShapesTest {

  @Test void width_asSetOrPreferred_isTaken() {
    int preferred = Math.min(512, VectorShape.preferredShape().vectorBitSize());
    assertThat(VectorShapes.F32.vectorBitSize()).isEqualTo(Integer.getInteger(VectorShapes.BITS, preferred));
    assertThat(VectorShapes.LANES).isEqualTo(VectorShapes.F32.length());
  }

  @Test void lanes_fitInStripesPanelsAndBlocksOfPositions() {
    assertThat(Stripes.COUNT % VectorShapes.LANES).isZero();
    assertThat(PanelLayout.ROWS % F32Panels.STRIP).isZero();
    assertThat(Scratch.weights(1) - Scratch.weights(0)).isEqualTo(64);
  }
}

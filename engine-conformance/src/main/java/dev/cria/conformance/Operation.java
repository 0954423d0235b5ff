package dev.cria.conformance;

import dev.cria.api.kernel.AttentionShape;
import dev.cria.api.kernel.Epilogue;
import dev.cria.api.kernel.FusedMatmul;
import dev.cria.api.kernel.Gate;
import dev.cria.api.kernel.GemmForm;
import dev.cria.api.kernel.KernelFeature;
import dev.cria.api.kernel.RopeLayout;
import dev.cria.api.kernel.RopeTable;
import dev.cria.api.kernel.WeightMatrix;
import java.util.ArrayList;
import java.util.List;

/** The operations of a kernel, each with a few cases of which every worker of a large team gets a part. */
enum Operation {
  /** {@code embed}. */
  EMBED {
    @Override List<Case> cases(Bench bench) {
      Samples samples = new Samples(11);
      WeightMatrix table = samples.weights("table", 70, 65, Encodings.F32);
      int[] tokens = samples.tokens(11, 70);
      return List.of(new EmbedCase(samples.strided(11, 65), table, tokens));
    }
  },
  /** {@code rmsNorm}. */
  RMS_NORM {
    @Override List<Case> cases(Bench bench) {
      Samples samples = new Samples(12);
      return List.of(new RmsNormCase(samples.strided(11, 207), samples.strided(11, 207), samples.floats(207), 1e-5f),
          RmsNormCase.inPlace(samples.strided(9, 65), samples.floats(65), 1e-5f));
    }
  },
  /** {@code matmul}. */
  MATMUL {
    @Override List<Case> cases(Bench bench) {
      Samples samples = new Samples(13);
      List<FusedMatmul> products = new ArrayList<>(List.of(
          new FusedMatmul(MatmulTests.fused(samples, 207, 64, 65), new Epilogue.None()),
          FusedMatmul.adding(MatmulTests.fused(samples, 300).getFirst())));
      List<WeightMatrix> pair = MatmulTests.fused(samples, 280, 280);
      products.add(FusedMatmul.gated(Gate.SILU, pair.getFirst(), pair.getLast()));
      List<Case> cases = new ArrayList<>();
      for (FusedMatmul product : products) {
        cases.add(MatmulCase.of(samples, product, samples.strided(5, product.cols())));
        cases.add(
            MatmulCase.of(samples, bench.prepared(product), product, samples.strided(5, product.cols())));
      }
      return cases;
    }
  },
  /** {@code rope}. */
  ROPE {
    @Override List<Case> cases(Bench bench) {
      Samples samples = new Samples(14);
      List<Case> cases = new ArrayList<>();
      for (RopeLayout layout : RopeLayout.values()) {
        if (!bench.kernel().refused().contains(RopeTests.feature(layout))) {
          RopeTable table = Samples.ropeTable(layout, 48, 32, 20);
          cases.add(new RopeCase(samples.strided(5, 5 * 48), table, RopeTests.places(3, 19, 8, 9, 1)));
        }
      }
      return cases;
    }
  },
  /** {@code storeKv}. */
  STORE_KV {
    @Override List<Case> cases(Bench bench) {
      Samples samples = new Samples(15);
      SampleCache one = SampleCache.contiguous(3, 16, 130);
      SampleCache two = SampleCache.contiguous(3, 16, 64);
      return List.of(CacheTests.store(samples, Places.prompt(one, 60, 11)),
          CacheTests.store(samples, Places.oneEach(List.of(one, two, one, two), List.of(0, 1, 129, 63))));
    }
  },
  /** {@code attention}. */
  ATTENTION {
    @Override List<Case> cases(Bench bench) {
      Samples samples = new Samples(16);
      SampleCache one = SampleCache.contiguous(2, 16, 300);
      SampleCache two = SampleCache.contiguous(2, 16, 64);
      AttentionShape shape = AttentionShape.causal(6, 2, 16);
      return List.of(AttentionCase.of(samples, Places.prompt(one, 299, 1), shape),
          AttentionCase.of(samples, Places.prompt(one, 60, 7), shape),
          AttentionCase.of(samples, Places.oneEach(List.of(one, two, one), List.of(200, 40, 64)), shape));
    }
  },
  /** {@code gemm}. */
  GEMM {
    @Override List<Case> cases(Bench bench) {
      if (bench.kernel().refused().contains(KernelFeature.GEMM)) {
        return List.of();
      }
      Samples samples = new Samples(17);
      return List.of(GemmCase.of(samples, 33, 65, 17, new GemmForm(false, false, false)),
          GemmCase.of(samples, 17, 130, 8, new GemmForm(true, false, true)),
          GemmCase.of(samples, 9, 207, 5, new GemmForm(false, true, false)));
    }
  },
  /** {@code exp}. */
  EXP {
    @Override List<Case> cases(Bench bench) {
      if (bench.kernel().refused().contains(KernelFeature.EXP)) {
        return List.of();
      }
      Samples samples = new Samples(18);
      return List.of(new ExpCase(samples.strided(11, 207), samples.floats(11)));
    }
  };

  /** Calls that need no feature which the kernel refuses; empty if the operation itself is refused. */
  abstract List<Case> cases(Bench bench);
}

package dev.cria.checkpoints;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** Files of llama2.c of version 1 and 2 in the shape of {@link Samples#MODEL}, written number by number. */
final class Llama2cVersionBytes {

  private static final int NORMS = 2 * 8 + 2 * 8 + 8;

  /** Elements of embedding, q, k, v, o, gate, down, up of two layers each, and classifier. */
  private static final int[] MATRICES = {160, 64, 64, 32, 32, 32, 32, 64, 64, 96, 96, 96, 96, 96, 96, 160};

  private Llama2cVersionBytes() {}

  static byte[] write(int version, boolean shared, int group) {
    ByteBuffer out = ByteBuffer.allocate(1 << 16).order(ByteOrder.LITTLE_ENDIAN);
    out.putInt(0x616b3432).putInt(version);
    for (int size : new int[]{8, 12, 2, 4, 2, 20, 16}) {
      out.putInt(size);
    }
    out.put((byte) (shared ? 1 : 0)).putInt(group).position(256);
    for (int i = 0; i < NORMS; i++) {
      out.putFloat(i / 1000f);
    }
    int next = NORMS;
    for (int m = 0; m < MATRICES.length - (shared ? 1 : 0); m++) {
      for (int i = 0; i < MATRICES[m]; i++) {
        if (version == 1) {
          out.putFloat(next++ / 1000f);
        } else {
          out.put((byte) level(i));
        }
      }
      for (int i = 0; version == 2 && i < MATRICES[m] / group; i++) {
        out.putFloat(scale(i));
      }
    }
    byte[] bytes = new byte[out.position()];
    out.flip().get(bytes);
    return bytes;
  }

  /** Element i of every int8 matrix. */
  static int level(int element) {
    return element * 37 % 255 - 127;
  }

  /** The scale of group i of every int8 matrix. */
  static float scale(int group) {
    return (1 + group) / 512f;
  }
}

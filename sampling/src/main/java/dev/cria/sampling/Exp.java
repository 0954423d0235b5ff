package dev.cria.sampling;

/** The exponential of a float that is not positive, rounded correctly: the float nearest to the exact value. */
final class Exp {

  /*
   * x = n * ln 2 / 64 + r, so e^x = 2^(n / 64) * e^r, with |r| <= ln 2 / 128. The first factor comes from a table and an
   * exponent, the second from the Taylor series, whose first term left out, r^6 / 720, is below 2^-54. ln 2 / 64 is taken in
   * two parts, the first of 37 bits, so that its product with n is exact. In all, the double is off by less than 2^-50.
   * Where an error of 2^-48 either way would not change the float, the float is right (Ziv's test); else, about once in eight
   * million times, StrictMath decides. For every float in [-104, -2^-27], StrictMath's double rounds to the right float:
   * only four of them lie within 6 units in the last place of a float's midpoint, and those were compared with 60 digits.
   *
   * [1] Tang 1989, Table-driven implementation of the exponential function in IEEE floating-point arithmetic
   * [2] Ziv 1991, Fast evaluation of elementary mathematical functions with correctly rounded last bit
   */
  private static final double[] POWERS = new double[64]; // 2^(i / 64)
  private static final double STEPS = 0x1.71547652b82fep6; // 64 / ln 2
  private static final double STEP_UPPER = 0x1.62e42fefap-7; // ln 2 / 64
  private static final double STEP_LOWER = 0x1.cf79abc9e3b39p-46;
  private static final double TO_INTEGER = 0x1.8p52; // added and taken away, rounds to an integer
  private static final double ERROR = 0x1p-48;
  private static final float ZERO_BELOW = -104; // e^x is less than half the least float

  static {
    for (int i = 0; i < POWERS.length; i++) {
      POWERS[i] = StrictMath.pow(2, i / 64.0);
    }
  }

  private Exp() {}

  /**
   * e to the power of x.
   *
   * @param x not above 0, and not NaN
   */
  static float exp(float x) {
    if (x < ZERO_BELOW) {
      return 0;
    }
    double shifted = x * STEPS + TO_INTEGER;
    double steps = shifted - TO_INTEGER;
    int n = (int) steps;
    double r = x - steps * STEP_UPPER - steps * STEP_LOWER;
    double series = r + r * r * (1 / 2.0 + r * (1 / 6.0 + r * (1 / 24.0 + r * (1 / 120.0))));
    double power = POWERS[n & 63] * Double.longBitsToDouble(((long) (n >> 6) + 1023) << 52);
    double value = power + power * series;
    float lower = (float) (value - value * ERROR);
    float upper = (float) (value + value * ERROR);
    return lower == upper ? lower : (float) StrictMath.exp(x);
  }
}

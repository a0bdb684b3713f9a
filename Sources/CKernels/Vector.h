// A vector type of CK_LANES floats and its basic operations; included by each instruction set's file.
#include <stdint.h>
#include <string.h>

#include "CKernels.h"

#define INLINE static inline __attribute__((always_inline))

typedef float vfloat __attribute__((vector_size(CK_LANES * 4), aligned(4), may_alias));
typedef int32_t vint __attribute__((vector_size(CK_LANES * 4), aligned(4), may_alias));
typedef uint32_t vuint __attribute__((vector_size(CK_LANES * 4), aligned(4), may_alias));

INLINE vfloat load(const float *p) { return *(const vfloat *)p; }
INLINE void store(float *p, vfloat x) { *(vfloat *)p = x; }
INLINE vfloat splat(float x) { return x - (vfloat){}; }

INLINE vfloat select(vint condition, vfloat a, vfloat b) {
  return (vfloat)((condition & (vint)a) | (~condition & (vint)b));
}

INLINE vfloat absolute(vfloat x) { return (vfloat)((vint)x & 0x7fffffff); }

INLINE float horizontal_sum(vfloat x) {
#if CK_LANES == 16
  typedef float half __attribute__((vector_size(32)));
  half h = __builtin_shufflevector(x, x, 0, 1, 2, 3, 4, 5, 6, 7)
      + __builtin_shufflevector(x, x, 8, 9, 10, 11, 12, 13, 14, 15);
#elif CK_LANES == 8
  vfloat h = x;
#endif
  typedef float quarter __attribute__((vector_size(16)));
#if CK_LANES >= 8
  quarter q = __builtin_shufflevector(h, h, 0, 1, 2, 3) + __builtin_shufflevector(h, h, 4, 5, 6, 7);
#else
  quarter q = x;
#endif
  q += __builtin_shufflevector(q, q, 2, 3, 0, 1);
  return q[0] + q[1];
}

// e^x to about 1 unit in the last place: x = n ln 2 + r, a polynomial for e^r (Cephes expf), 2^n through
// the exponent bits. Adding 1.5 * 2^23 rounds to an integer and leaves it in the low bits of the sum.
// Comparisons with NaN are false, so NaN passes through every select.
INLINE vfloat exponential(vfloat x) {
  const vfloat magic = splat(12582912.0f);
  x = select(x < -87.0f, splat(-87.0f), x);
  x = select(x > 88.0f, splat(88.0f), x);
  vfloat shifted = x * 1.44269504088896341f + magic;
  vfloat n = shifted - magic;
  vfloat r = x - n * 0.693359375f;
  r = r + n * 2.12194440e-4f;
  vfloat p = splat(1.9875691500e-4f);
  p = p * r + 1.3981999507e-3f;
  p = p * r + 8.3334519073e-3f;
  p = p * r + 4.1665795894e-2f;
  p = p * r + 1.6666665459e-1f;
  p = p * r + 5.0000001201e-1f;
  vfloat y = p * (r * r) + r + 1.0f;
  vint power = ((vint)shifted << 23) + (127 << 23);
  return y * (vfloat)power;
}

INLINE vfloat sigmoid(vfloat x) { return 1.0f / (1.0f + exponential(-x)); }

// tanh: an odd polynomial below 0.625 (Cephes tanhf), where 1 - 2 / (e^2x + 1) would cancel.
INLINE vfloat hyperbolic_tangent(vfloat x) {
  vfloat size = absolute(x);
  vfloat square = x * x;
  vfloat p = splat(-5.70498872745e-3f);
  p = p * square + 2.06390887954e-2f;
  p = p * square - 5.37397155531e-2f;
  p = p * square + 1.33314422036e-1f;
  p = p * square - 3.33332819422e-1f;
  vfloat near = p * square * x + x;
  vfloat far = 1.0f - 2.0f / (exponential(size + size) + 1.0f);
  far = (vfloat)((vint)far | ((vint)x & INT32_MIN));
  return select(size < 0.625f, near, far);
}

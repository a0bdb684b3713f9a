#include "CKernels.h"

#include <string.h>

static float from_half(uint16_t half) {
  uint32_t sign = (uint32_t)(half & 0x8000) << 16;
  uint32_t magnitude = half & 0x7fff;
  // The half's exponent and fraction, scaled by 2^112, which also renormalises subnormal numbers.
  uint32_t bits = magnitude << 13;
  float value;
  memcpy(&value, &bits, sizeof value);
  value *= 0x1p112f;
  memcpy(&bits, &value, sizeof bits);
  if (magnitude >= 0x7c00) bits = 0x7f800000 | (magnitude & 0x3ff) << 13;
  bits |= sign;
  memcpy(&value, &bits, sizeof value);
  return value;
}

static uint16_t to_half(float value) {
  uint32_t bits;
  memcpy(&bits, &value, sizeof bits);
  uint16_t sign = (uint16_t)(bits >> 16 & 0x8000);
  bits &= 0x7fffffff;
  if (bits > 0x7f800000) return sign | 0x7e00;
  if (bits >= 0x477ff000) return sign | 0x7c00;
  if (bits < 0x38800000) {
    // Subnormal: adding 0.5 rounds at the place of a half's last bit, 2^-24.
    float magnitude;
    memcpy(&magnitude, &bits, sizeof magnitude);
    magnitude += 0.5f;
    memcpy(&bits, &magnitude, sizeof bits);
    return (uint16_t)(sign | (bits - 0x3f000000));
  }
  bits += 0xfff + (bits >> 13 & 1) - 0x38000000;
  return (uint16_t)(sign | bits >> 13);
}

void ck_half_to_float(float *y, const uint16_t *x, ptrdiff_t count) {
  for (ptrdiff_t i = 0; i < count; i++) y[i] = from_half(x[i]);
}

void ck_float_to_half(uint16_t *y, const float *x, ptrdiff_t count) {
  for (ptrdiff_t i = 0; i < count; i++) y[i] = to_half(x[i]);
}

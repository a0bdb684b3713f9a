#include "CKernels.h"

extern const ck_kernels ck_baseline_kernels;
#if defined(__x86_64__)
extern const ck_kernels ck_avx2_kernels;
extern const ck_kernels ck_avx512_kernels;
#endif

ck_level ck_best_level(void) {
#if defined(__x86_64__)
  __builtin_cpu_init();
  if (!__builtin_cpu_supports("avx2") || !__builtin_cpu_supports("fma")) return CK_LEVEL_BASELINE;
  if (__builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512vl")
      && __builtin_cpu_supports("avx512dq") && __builtin_cpu_supports("avx512bw"))
    return CK_LEVEL_AVX512;
  return CK_LEVEL_AVX2;
#else
  return CK_LEVEL_BASELINE;
#endif
}

const ck_kernels *ck_kernels_at(ck_level level) {
  if (level > ck_best_level()) return NULL;
  switch (level) {
  case CK_LEVEL_BASELINE: return &ck_baseline_kernels;
#if defined(__x86_64__)
  case CK_LEVEL_AVX2: return &ck_avx2_kernels;
  case CK_LEVEL_AVX512: return &ck_avx512_kernels;
#endif
  default: return NULL;
  }
}

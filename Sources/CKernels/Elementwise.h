// The optimiser and other loops over long arrays of any length: whole vectors, then a tail of one partial
// vector copied through a buffer.

#define FOR_EACH_VECTOR(count, ...)                                                   \
  {                                                                                   \
    ptrdiff_t at = 0;                                                                 \
    for (; at + CK_LANES <= (count); at += CK_LANES) {                                \
      const ptrdiff_t lanes = CK_LANES;                                               \
      __VA_ARGS__                                                                     \
    }                                                                                 \
    if (at < (count)) {                                                               \
      const ptrdiff_t lanes = (count) - at;                                           \
      __VA_ARGS__                                                                     \
    }                                                                                 \
  }

INLINE vfloat load_part(const float *p, ptrdiff_t lanes) {
  if (lanes == CK_LANES) return load(p);
  float part[CK_LANES] = {0};
  memcpy(part, p, (size_t)lanes * sizeof(float));
  return load(part);
}

INLINE void store_part(float *p, vfloat x, ptrdiff_t lanes) {
  if (lanes == CK_LANES) {
    store(p, x);
  } else {
    float part[CK_LANES];
    store(part, x);
    memcpy(p, part, (size_t)lanes * sizeof(float));
  }
}

// Moments too small to move a parameter become 0: those of a character that is seldom seen would otherwise
// decay to subnormal numbers, which are slow, and stay there.
static void adam(float *parameters, float *gradients, float *first_moments, float *second_moments,
                 float *average, ptrdiff_t count, const ck_adam_step *step) {
  const ck_adam_step s = *step;
  FOR_EACH_VECTOR(count, {
    vfloat g = load_part(gradients + at, lanes) * s.gradient_scale;
    vfloat m = load_part(first_moments + at, lanes);
    vfloat v = load_part(second_moments + at, lanes);
    m = m * s.beta1 + g * (1.0f - s.beta1);
    v = v * s.beta2 + g * g * (1.0f - s.beta2);
    m = select(absolute(m) < 1e-25f, splat(0), m);
    v = select(v < 1e-35f, splat(0), v);
    vfloat denominator = __builtin_elementwise_sqrt(v) * s.second_moment_scale + s.epsilon;
    vfloat p = load_part(parameters + at, lanes) * s.parameter_scale - m / denominator * s.step_size;
    store_part(first_moments + at, m, lanes);
    store_part(second_moments + at, v, lanes);
    store_part(parameters + at, p, lanes);
    store_part(gradients + at, splat(0), lanes);
    if (average) {
      vfloat mean = load_part(average + at, lanes);
      store_part(average + at, mean + (p - mean) * s.average_rate, lanes);
    }
  })
}

static double sum_of_squares(const float *x, ptrdiff_t count) {
  double sum = 0;
  // Blocks keep the single-precision partial sums short.
  for (ptrdiff_t first = 0; first < count; first += 4096) {
    ptrdiff_t block = count - first < 4096 ? count - first : 4096;
    vfloat squares = splat(0);
    FOR_EACH_VECTOR(block, {
      vfloat y = load_part(x + first + at, lanes);
      squares += y * y;
    })
    sum += (double)horizontal_sum(squares);
  }
  return sum;
}

static void move_sum(float *y, float *x, ptrdiff_t count) {
  FOR_EACH_VECTOR(count, {
    store_part(y + at, load_part(y + at, lanes) + load_part(x + at, lanes), lanes);
    store_part(x + at, splat(0), lanes);
  })
}

static void add(float *y, const float *x, ptrdiff_t count) {
  FOR_EACH_VECTOR(count, {
    store_part(y + at, load_part(y + at, lanes) + load_part(x + at, lanes), lanes);
  })
}

INLINE vuint mix(vuint x) {
  x ^= x >> 16;
  x *= 0x7feb352du;
  x ^= x >> 15;
  x *= 0x846ca68bu;
  x ^= x >> 16;
  return x;
}

static void dropout(float *y, const float *x, ptrdiff_t count, uint32_t first, uint64_t key,
                    uint32_t threshold, float scale) {
  vuint offsets;
  for (int j = 0; j < CK_LANES; j++) offsets[j] = (uint32_t)j;
  FOR_EACH_VECTOR(count, {
    vuint index = offsets + (first + (uint32_t)at);
    vuint hash = mix(mix(index ^ (uint32_t)key) + (uint32_t)(key >> 32));
    vint keep = (vint)(hash >= threshold);
    vfloat kept = (vfloat)((vint)(load_part(x + at, lanes) * scale) & keep);
    store_part(y + at, kept, lanes);
  })
}

static float multiply_add(ptrdiff_t rounds) {
  enum { vectors = 192 / CK_LANES < 12 ? 192 / CK_LANES : 12, repeats = 192 / CK_LANES / vectors };
  vfloat sum[vectors];
  for (int j = 0; j < vectors; j++) sum[j] = splat((float)j * 1e-9f);
  vfloat factor = splat(1.0000001f), term = splat(1e-9f);
  for (ptrdiff_t round = 0; round < rounds; round++) {
    // Nothing that the compiler could work out beforehand.
    __asm__ volatile("" : "+m"(factor) : : );
    vfloat x = factor;
#pragma clang loop unroll(full)
    for (int r = 0; r < repeats; r++)
#pragma clang loop unroll(full)
      for (int j = 0; j < vectors; j++) sum[j] = sum[j] * x + term;
  }
  for (int j = 1; j < vectors; j++) sum[0] += sum[j];
  return horizontal_sum(sum[0]);
}

static void exponential_each(float *x, ptrdiff_t count) {
  FOR_EACH_VECTOR(count, { store_part(x + at, exponential(load_part(x + at, lanes)), lanes); })
}

static void sigmoid_each(float *x, ptrdiff_t count) {
  FOR_EACH_VECTOR(count, { store_part(x + at, sigmoid(load_part(x + at, lanes)), lanes); })
}

static void hyperbolic_tangent_each(float *x, ptrdiff_t count) {
  FOR_EACH_VECTOR(count, { store_part(x + at, hyperbolic_tangent(load_part(x + at, lanes)), lanes); })
}

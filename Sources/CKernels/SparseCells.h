// LSTM steps with weights of which most are zeros and left out; see CKernels.h for the layout. Sums go over the inputs in
// ascending order as in Products.h, so a result is that of the same matrix with its zeros.
//
// A weight meets all lanes at once: numbers lie side by side by lane here, so that it does not matter which weights are left.

enum { sparse_lanes = CK_SPARSE_VECTORS * CK_LANES };

// The byte at a place in memory of a number.
#if __BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__
#define BYTE_OF(number, i) ((number) >> (8 * (i)) & 255)
#else
#define BYTE_OF(number, i) ((number) >> (8 * (sizeof(number) - 1 - (i))) & 255)
#endif

typedef float vquad __attribute__((vector_size(16), aligned(4), may_alias));

// Four rows of four become four columns of four.
INLINE void turn_square(float *const out[4], const float *const in[4]) {
  vquad r0 = *(const vquad *)in[0], r1 = *(const vquad *)in[1];
  vquad r2 = *(const vquad *)in[2], r3 = *(const vquad *)in[3];
  vquad a = __builtin_shufflevector(r0, r1, 0, 4, 1, 5), b = __builtin_shufflevector(r0, r1, 2, 6, 3, 7);
  vquad c = __builtin_shufflevector(r2, r3, 0, 4, 1, 5), d = __builtin_shufflevector(r2, r3, 2, 6, 3, 7);
  *(vquad *)out[0] = __builtin_shufflevector(a, c, 0, 1, 4, 5);
  *(vquad *)out[1] = __builtin_shufflevector(a, c, 2, 3, 6, 7);
  *(vquad *)out[2] = __builtin_shufflevector(b, d, 0, 1, 4, 5);
  *(vquad *)out[3] = __builtin_shufflevector(b, d, 2, 3, 6, 7);
}

#define FOUR_ROWS(base, stride) {(base), (base) + (stride), (base) + 2 * (stride), (base) + 3 * (stride)}

// by_lane[columns][sparse_lanes] = lane rows[lanes][columns]; columns: a multiple of 4.
INLINE void turn_to_lanes(float *by_lane, const float *const *rows, ptrdiff_t offset, ptrdiff_t lanes,
                          ptrdiff_t columns) {
  ptrdiff_t lane = 0;
  for (; lane + 4 <= lanes; lane += 4)
    for (ptrdiff_t column = 0; column < columns; column += 4) {
      float *const out[4] = FOUR_ROWS(by_lane + column * sparse_lanes + lane, sparse_lanes);
      ptrdiff_t at = offset + column;
      const float *const in[4] = {rows[lane] + at, rows[lane + 1] + at, rows[lane + 2] + at, rows[lane + 3] + at};
      turn_square(out, in);
    }
  for (; lane < lanes; lane++)
    for (ptrdiff_t column = 0; column < columns; column++)
      by_lane[column * sparse_lanes + lane] = rows[lane][offset + column];
}

// The other way, to rows that lie `stride` apart.
INLINE void turn_to_rows(float *rows, ptrdiff_t stride, const float *by_lane, ptrdiff_t lanes, ptrdiff_t columns) {
  ptrdiff_t lane = 0;
  for (; lane + 4 <= lanes; lane += 4)
    for (ptrdiff_t column = 0; column < columns; column += 4) {
      float *const out[4] = FOUR_ROWS(rows + lane * stride + column, stride);
      const float *const in[4] = FOUR_ROWS(by_lane + column * sparse_lanes + lane, sparse_lanes);
      turn_square(out, in);
    }
  for (; lane < lanes; lane++)
    for (ptrdiff_t column = 0; column < columns; column++)
      rows[lane * stride + column] = by_lane[column * sparse_lanes + lane];
}

// sum[vectors] += w * a[input][lanes].
INLINE void add_lanes(const int vectors, vfloat *sum, const float *a, uint64_t input, float w) {
  const float *x = a + input * sparse_lanes;
  vfloat y = splat(w);
#pragma clang loop unroll(full)
  for (int j = 0; j < vectors; j++) sum[j] += load(x + j * CK_LANES) * y;
}

// s[lanes] += the sum of w[p] * a[inputs[p]][lanes], with the number of vectors a constant after inlining.
INLINE void multiply_lanes(const int vectors, float *s, const float *a, const float *w, const uint8_t *inputs,
                           ptrdiff_t count) {
  vfloat sum[CK_SPARSE_VECTORS];
#pragma clang loop unroll(full)
  for (int j = 0; j < vectors; j++) sum[j] = load(s + j * CK_LANES);
  ptrdiff_t p = 0;
  // Loads are what there is too little of: eight inputs come with one.
  for (; p + 8 <= count; p += 8) {
    uint64_t eight;
    memcpy(&eight, inputs + p, 8);
#pragma clang loop unroll(full)
    for (int i = 0; i < 8; i++) add_lanes(vectors, sum, a, BYTE_OF(eight, i), w[p + i]);
  }
  if (p + 4 <= count) {
    uint32_t four;
    memcpy(&four, inputs + p, 4);
#pragma clang loop unroll(full)
    for (int i = 0; i < 4; i++) add_lanes(vectors, sum, a, BYTE_OF(four, i), w[p + i]);
    p += 4;
  }
  for (; p < count; p++) add_lanes(vectors, sum, a, inputs[p], w[p]);
#pragma clang loop unroll(full)
  for (int j = 0; j < vectors; j++) store(s + j * CK_LANES, sum[j]);
}

#define LANES_CASE(vectors) \
  case vectors: multiply_lanes(vectors, s, block, w + first, inputs + first, end - first); break;

// sums[CK_PANEL][lanes] += the product of a[k][lanes] with one panel of the weights.
static void multiply_panel(float *sums, const float *a, const float *w, const uint8_t *inputs, const int32_t *starts,
                           ptrdiff_t depths, int vectors) {
  for (ptrdiff_t depth = 0; depth < depths; depth++) {
    const float *block = a + depth * CK_SPARSE_DEPTH * sparse_lanes;
    for (ptrdiff_t column = 0; column < CK_PANEL; column++) {
      float *s = sums + column * sparse_lanes;
      ptrdiff_t first = starts[depth * CK_PANEL + column], end = starts[depth * CK_PANEL + column + 1];
      switch (vectors) {
        LANES_CASE(1) LANES_CASE(2) LANES_CASE(3) LANES_CASE(4)
        LANES_CASE(5) LANES_CASE(6) LANES_CASE(7) LANES_CASE(8)
      }
    }
  }
}

static void lstm_sparse(const float *const *rows, const float *w, const uint8_t *inputs, const int32_t *starts,
                        float *c, float *h, ptrdiff_t m, ptrdiff_t k, ptrdiff_t width, float *scratch) {
  enum { panel_floats = CK_PANEL * sparse_lanes };
  // What lies beside the last lane is computed too, and must not be slow numbers.
  float sums[4][panel_floats] __attribute__((aligned(64))) = {{0}};
  float cells[panel_floats] __attribute__((aligned(64))) = {0};
  const float *turned[sparse_lanes];
  ptrdiff_t depths = (k + CK_SPARSE_DEPTH - 1) / CK_SPARSE_DEPTH;
  for (ptrdiff_t lane = 0; lane < m; lane += sparse_lanes) {
    ptrdiff_t lanes = m - lane < sparse_lanes ? m - lane : sparse_lanes;
    int vectors = (int)((lanes + CK_LANES - 1) / CK_LANES);
    for (ptrdiff_t j = 0; j < lanes; j++) turned[j] = h + (lane + j) * width;
    turn_to_lanes(scratch, turned, 0, lanes, width);
    for (ptrdiff_t j = 0; j < lanes; j++) turned[j] = c + (lane + j) * width;
    for (ptrdiff_t unit = 0; unit < width; unit += CK_PANEL) {
      for (int gate = 0; gate < 4; gate++) {
        ptrdiff_t column = gate * width + unit;
        turn_to_lanes(sums[gate], rows + lane, column, lanes, CK_PANEL);
        multiply_panel(sums[gate], scratch, w, inputs, starts + column * depths, depths, vectors);
      }
      turn_to_lanes(cells, turned, unit, lanes, CK_PANEL);
      for (ptrdiff_t j = 0; j < CK_PANEL; j++)
        for (ptrdiff_t at = j * sparse_lanes; at < j * sparse_lanes + vectors * CK_LANES; at += CK_LANES) {
          vfloat i = sigmoid(load(sums[0] + at)), f = sigmoid(load(sums[1] + at));
          vfloat g = hyperbolic_tangent(load(sums[2] + at)), o = sigmoid(load(sums[3] + at));
          vfloat cell = f * load(cells + at) + i * g;
          store(cells + at, cell);
          store(sums[0] + at, o * hyperbolic_tangent(cell));
        }
      turn_to_rows(c + lane * width + unit, width, cells, lanes, CK_PANEL);
      turn_to_rows(h + lane * width + unit, width, sums[0], lanes, CK_PANEL);
    }
  }
}

// Matrix products on packed weights; see CKernels.h for the layouts. Each element of a result is summed in
// the same order whatever the number of rows, so a lane's numbers do not depend on the lanes beside it.

#define CK_TILE_COLUMNS (CK_TILE_VECTORS * CK_LANES)

// A block of weights is 16 kB, half of the first cache of most processors; while one is used, the next is fetched.
enum { block_rows = 96, block_depth = 128 };

// Calls a function whose first argument, the height of a tile, must be a constant.
#define TILE_CASE(rows, function, ...) \
  case rows: function(rows, __VA_ARGS__); break;
#if CK_TILE_ROWS > 6
#define FOR_HEIGHT_ABOVE_6(...)                                                                      \
  TILE_CASE(7, __VA_ARGS__) TILE_CASE(8, __VA_ARGS__) TILE_CASE(9, __VA_ARGS__)                      \
  TILE_CASE(10, __VA_ARGS__) TILE_CASE(11, __VA_ARGS__) TILE_CASE(12, __VA_ARGS__)
#else
#define FOR_HEIGHT_ABOVE_6(...)
#endif
#if CK_TILE_ROWS > 4
#define FOR_HEIGHT_ABOVE_4(...) \
  TILE_CASE(5, __VA_ARGS__) TILE_CASE(6, __VA_ARGS__) FOR_HEIGHT_ABOVE_6(__VA_ARGS__)
#else
#define FOR_HEIGHT_ABOVE_4(...)
#endif
#define FOR_HEIGHT(height, ...)                                                                      \
  switch (height) {                                                                                  \
    TILE_CASE(1, __VA_ARGS__) TILE_CASE(2, __VA_ARGS__) TILE_CASE(3, __VA_ARGS__)                    \
    TILE_CASE(4, __VA_ARGS__) FOR_HEIGHT_ABOVE_4(__VA_ARGS__)                                        \
  }

// c[m][tile] += a[m][k] * w[k][tile], with m a constant after inlining: the sums stay in registers. What lies at `ahead`
// is fetched meanwhile.
INLINE void multiply_tile(const int m, float *c, ptrdiff_t c_stride, const float *a, ptrdiff_t a_stride,
                          const float *w, const float *ahead, ptrdiff_t k) {
  vfloat sum[CK_TILE_ROWS][CK_TILE_VECTORS];
#pragma clang loop unroll(full)
  for (int i = 0; i < m; i++)
#pragma clang loop unroll(full)
    for (int j = 0; j < CK_TILE_VECTORS; j++) sum[i][j] = load(c + i * c_stride + j * CK_LANES);
  for (ptrdiff_t p = 0; p < k; p++) {
    vfloat b[CK_TILE_VECTORS];
#pragma clang loop unroll(full)
    for (int j = 0; j < CK_TILE_VECTORS; j++) b[j] = load(w + p * CK_PANEL + j * CK_LANES);
    __builtin_prefetch(ahead + p * CK_PANEL);
#pragma clang loop unroll(full)
    for (int i = 0; i < m; i++) {
      vfloat x = splat(a[i * a_stride + p]);
#pragma clang loop unroll(full)
      for (int j = 0; j < CK_TILE_VECTORS; j++) sum[i][j] += x * b[j];
    }
  }
#pragma clang loop unroll(full)
  for (int i = 0; i < m; i++)
#pragma clang loop unroll(full)
    for (int j = 0; j < CK_TILE_VECTORS; j++) store(c + i * c_stride + j * CK_LANES, sum[i][j]);
}

// One row: several panels side by side, for enough independent sums to hide the latency of an addition.
INLINE void multiply_row(const int panels, float *c, const float *a, const float *w, ptrdiff_t k) {
  enum { vectors = CK_PANEL / CK_LANES };
  vfloat sum[4][vectors];
#pragma clang loop unroll(full)
  for (int q = 0; q < panels; q++)
#pragma clang loop unroll(full)
    for (int j = 0; j < vectors; j++) sum[q][j] = load(c + q * CK_PANEL + j * CK_LANES);
  for (ptrdiff_t p = 0; p < k; p++) {
    vfloat x = splat(a[p]);
#pragma clang loop unroll(full)
    for (int q = 0; q < panels; q++)
#pragma clang loop unroll(full)
      for (int j = 0; j < vectors; j++) sum[q][j] += x * load(w + (q * k + p) * CK_PANEL + j * CK_LANES);
  }
#pragma clang loop unroll(full)
  for (int q = 0; q < panels; q++)
#pragma clang loop unroll(full)
    for (int j = 0; j < vectors; j++) store(c + q * CK_PANEL + j * CK_LANES, sum[q][j]);
}

static void multiply(float *c, ptrdiff_t c_stride, const float *a, ptrdiff_t a_stride, const float *w,
                     ptrdiff_t m, ptrdiff_t k, ptrdiff_t n) {
  if (m == 1) {
    ptrdiff_t panel = 0, panels = n / CK_PANEL;
    for (; panel + CK_ROW_PANELS <= panels; panel += CK_ROW_PANELS)
      multiply_row(CK_ROW_PANELS, c + panel * CK_PANEL, a, w + panel * k * CK_PANEL, k);
    for (; panel < panels; panel++) multiply_row(1, c + panel * CK_PANEL, a, w + panel * k * CK_PANEL, k);
    return;
  }
  // A block of weights that fits the first cache meets all rows of a block before the next is read; the rows of
  // a block stay in the second cache from one panel to the next.
  for (ptrdiff_t first = 0; first < m; first += block_rows) {
    ptrdiff_t rows = m - first < block_rows ? m - first : block_rows;
    // Tiles of nearly equal height: 16 rows are 8 + 8, not 12 + 4.
    ptrdiff_t tiles = (rows + CK_TILE_ROWS - 1) / CK_TILE_ROWS;
    for (ptrdiff_t panel = 0; panel < n; panel += CK_PANEL)
      for (ptrdiff_t depth = 0; depth < k; depth += block_depth) {
        ptrdiff_t count = k - depth < block_depth ? k - depth : block_depth;
        // Behind the last block there may be no memory: to look for it in vain takes longer than the block.
        int is_last = panel + CK_PANEL == n && depth + count == k;
        ptrdiff_t ahead = is_last ? 0 : block_depth * CK_PANEL;
        for (ptrdiff_t column = 0; column < CK_PANEL; column += CK_TILE_COLUMNS)
          for (ptrdiff_t tile = 0; tile < tiles; tile++) {
            ptrdiff_t row = rows * tile / tiles, height = rows * (tile + 1) / tiles - row;
            float *out = c + (first + row) * c_stride + panel + column;
            const float *in = a + (first + row) * a_stride + depth;
            const float *block = w + panel * k + depth * CK_PANEL + column;
            FOR_HEIGHT(height, multiply_tile, out, c_stride, in, a_stride, block, block + ahead, count)
          }
      }
  }
}

// c[m][count] += dot products of m rows of d with count rows of w.
INLINE void dot_tile(const int m, const int count, float *c, ptrdiff_t c_stride, const float *d,
                     ptrdiff_t d_stride, const float *w, ptrdiff_t k, ptrdiff_t n) {
  vfloat sum[CK_DOT_ROWS][16];
#pragma clang loop unroll(full)
  for (int i = 0; i < m; i++)
#pragma clang loop unroll(full)
    for (int j = 0; j < count; j++) sum[i][j] = splat(0);
  for (ptrdiff_t panel = 0; panel < n; panel += CK_PANEL) {
    const float *rows = w + panel * k;
    for (int part = 0; part < CK_PANEL; part += CK_LANES) {
      vfloat x[CK_DOT_ROWS];
#pragma clang loop unroll(full)
      for (int i = 0; i < m; i++) x[i] = load(d + i * d_stride + panel + part);
#pragma clang loop unroll(full)
      for (int j = 0; j < count; j++) {
        vfloat y = load(rows + j * CK_PANEL + part);
#pragma clang loop unroll(full)
        for (int i = 0; i < m; i++) sum[i][j] += x[i] * y;
      }
    }
  }
#pragma clang loop unroll(full)
  for (int i = 0; i < m; i++)
#pragma clang loop unroll(full)
    for (int j = 0; j < count; j++) c[i * c_stride + j] += horizontal_sum(sum[i][j]);
}

// c[m][count] for a height m known only at run time.
INLINE void dot_tiles(ptrdiff_t m, const int count, float *c, ptrdiff_t c_stride, const float *d,
                      ptrdiff_t d_stride, const float *w, ptrdiff_t k, ptrdiff_t n) {
  switch (m) {
#define CASE(rows) \
  case rows: dot_tile(rows, count, c, c_stride, d, d_stride, w, k, n); break;
    CASE(1) CASE(2)
#if CK_DOT_ROWS > 2
    CASE(3)
#endif
#if CK_DOT_ROWS > 3
    CASE(4)
#endif
#if CK_DOT_ROWS > 4
    CASE(5) CASE(6)
#endif
#undef CASE
  }
}

static void multiply_transposed(float *c, ptrdiff_t c_stride, const float *d, ptrdiff_t d_stride,
                                const float *w, ptrdiff_t m, ptrdiff_t k, ptrdiff_t n, ptrdiff_t first,
                                ptrdiff_t end) {
  ptrdiff_t column = first;
  if (m == 1) {
#define PASS(count)                         \
  for (; column + count <= end; column += count) \
    dot_tile(1, count, c + column, c_stride, d, d_stride, w + column * CK_PANEL, k, n);
    PASS(CK_DOT_SINGLE) PASS(4) PASS(1)
#undef PASS
    return;
  }
  ptrdiff_t tiles = (m + CK_DOT_ROWS - 1) / CK_DOT_ROWS;
#define PASS(count)                                                                                    \
  for (; column + count <= end; column += count)                                                       \
    for (ptrdiff_t tile = 0; tile < tiles; tile++) {                                                   \
      ptrdiff_t row = m * tile / tiles;                                                                \
      dot_tiles(m * (tile + 1) / tiles - row, count, c + row * c_stride + column, c_stride,            \
                d + row * d_stride, d_stride, w + column * CK_PANEL, k, n);                            \
    }
  PASS(4) PASS(1)
#undef PASS
}

enum { outer_rows = 128, outer_depth = 384 };

// g[m][tile] += transposed a[rows][m] * d[rows][tile], both packed: a in rows of m, d in rows of CK_PANEL.
INLINE void outer_tile(const int m, float *g, const float *a, const float *d, ptrdiff_t rows) {
  vfloat sum[CK_TILE_ROWS][CK_TILE_VECTORS];
#pragma clang loop unroll(full)
  for (int i = 0; i < m; i++)
#pragma clang loop unroll(full)
    for (int j = 0; j < CK_TILE_VECTORS; j++) sum[i][j] = splat(0);
  for (ptrdiff_t r = 0; r < rows; r++) {
    vfloat b[CK_TILE_VECTORS];
#pragma clang loop unroll(full)
    for (int j = 0; j < CK_TILE_VECTORS; j++) b[j] = load(d + r * CK_PANEL + j * CK_LANES);
#pragma clang loop unroll(full)
    for (int i = 0; i < m; i++) {
      vfloat x = splat(a[r * m + i]);
#pragma clang loop unroll(full)
      for (int j = 0; j < CK_TILE_VECTORS; j++) sum[i][j] += x * b[j];
    }
  }
#pragma clang loop unroll(full)
  for (int i = 0; i < m; i++)
#pragma clang loop unroll(full)
    for (int j = 0; j < CK_TILE_VECTORS; j++) {
      float *out = g + i * CK_PANEL + j * CK_LANES;
      store(out, load(out) + sum[i][j]);
    }
}

static void accumulate_outer(float *g, const float *a, ptrdiff_t a_stride, const float *d, ptrdiff_t d_stride,
                             ptrdiff_t rows, ptrdiff_t k, ptrdiff_t n) {
  // Packed, a tile's numbers lie side by side; as they stand, those of a column fall on the same few cache lines.
  float packed_a[outer_rows * outer_depth], packed_d[outer_rows * CK_PANEL];
  for (ptrdiff_t first = 0; first < rows; first += outer_rows) {
    ptrdiff_t count = rows - first < outer_rows ? rows - first : outer_rows;
    for (ptrdiff_t depth = 0; depth < k; depth += outer_depth) {
      ptrdiff_t units = k - depth < outer_depth ? k - depth : outer_depth;
      ptrdiff_t tiles = (units + CK_TILE_ROWS - 1) / CK_TILE_ROWS;
      for (ptrdiff_t r = 0; r < count; r++) {
        const float *in = a + (first + r) * a_stride + depth;
        for (ptrdiff_t tile = 0; tile < tiles; tile++) {
          ptrdiff_t unit = units * tile / tiles, height = units * (tile + 1) / tiles - unit;
          float *out = packed_a + unit * count + r * height;
          for (ptrdiff_t i = 0; i < height; i++) out[i] = in[unit + i];
        }
      }
      for (ptrdiff_t panel = 0; panel < n; panel += CK_PANEL) {
        for (ptrdiff_t r = 0; r < count; r++)
          memcpy(packed_d + r * CK_PANEL, d + (first + r) * d_stride + panel, CK_PANEL * sizeof(float));
        for (ptrdiff_t column = 0; column < CK_PANEL; column += CK_TILE_COLUMNS)
          for (ptrdiff_t tile = 0; tile < tiles; tile++) {
            ptrdiff_t unit = units * tile / tiles, height = units * (tile + 1) / tiles - unit;
            float *out = g + panel * k + (depth + unit) * CK_PANEL + column;
            FOR_HEIGHT(height, outer_tile, out, packed_a + unit * count, packed_d + column, count)
          }
      }
    }
  }
}

static void sum_rows(float *s, const float *d, ptrdiff_t d_stride, ptrdiff_t rows, ptrdiff_t n) {
  enum { vectors = CK_PANEL / CK_LANES };
  for (ptrdiff_t panel = 0; panel < n; panel += CK_PANEL) {
    vfloat sum[vectors];
    for (int j = 0; j < vectors; j++) sum[j] = load(s + panel + j * CK_LANES);
    for (ptrdiff_t r = 0; r < rows; r++)
      for (int j = 0; j < vectors; j++) sum[j] += load(d + r * d_stride + panel + j * CK_LANES);
    for (int j = 0; j < vectors; j++) store(s + panel + j * CK_LANES, sum[j]);
  }
}

// A square of CK_PANEL by CK_PANEL numbers lies together in both matrices.
static void transpose(float *t, const float *w, ptrdiff_t k, ptrdiff_t n, ptrdiff_t first, ptrdiff_t panels) {
  for (ptrdiff_t row = first * CK_PANEL; row < (first + panels) * CK_PANEL; row += CK_PANEL) {
    ptrdiff_t count = k - row < CK_PANEL ? k - row : CK_PANEL;
    for (ptrdiff_t panel = 0; panel < n; panel += CK_PANEL) {
      const float *in = w + panel * k + row * CK_PANEL;
      float *out = t + row * n + panel * CK_PANEL;
      for (ptrdiff_t j = 0; j < CK_PANEL; j++) {
        for (ptrdiff_t i = 0; i < count; i++) out[j * CK_PANEL + i] = in[i * CK_PANEL + j];
        for (ptrdiff_t i = count; i < CK_PANEL; i++) out[j * CK_PANEL + i] = 0;
      }
    }
  }
}

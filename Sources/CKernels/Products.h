// Matrix products on packed weights; see CKernels.h for the layouts. Each element of a result is summed in
// the same order whatever the number of rows, so a lane's numbers do not depend on the lanes beside it.

#define CK_TILE_COLUMNS (CK_TILE_VECTORS * CK_LANES)

// c[m][tile] += a[m][k] * w[k][tile], with m a constant after inlining: the sums stay in registers.
INLINE void multiply_tile(const int m, float *c, ptrdiff_t c_stride, const float *a, ptrdiff_t a_stride,
                          const float *w, ptrdiff_t k) {
  vfloat sum[CK_TILE_ROWS][CK_TILE_VECTORS];
#pragma clang loop unroll(full)
  for (int i = 0; i < m; i++)
#pragma clang loop unroll(full)
    for (int j = 0; j < CK_TILE_VECTORS; j++) sum[i][j] = load(c + i * c_stride + j * CK_LANES);
  for (ptrdiff_t p = 0; p < k; p++) {
    vfloat b[CK_TILE_VECTORS];
#pragma clang loop unroll(full)
    for (int j = 0; j < CK_TILE_VECTORS; j++) b[j] = load(w + p * CK_PANEL + j * CK_LANES);
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
  // Tiles of nearly equal height: 16 rows are 8 + 8, not 12 + 4.
  ptrdiff_t tiles = (m + CK_TILE_ROWS - 1) / CK_TILE_ROWS;
  for (ptrdiff_t column = 0; column < n; column += CK_TILE_COLUMNS) {
    const float *block = w + column / CK_PANEL * k * CK_PANEL + column % CK_PANEL;
    for (ptrdiff_t tile = 0; tile < tiles; tile++) {
      ptrdiff_t row = m * tile / tiles;
      float *out = c + row * c_stride + column;
      const float *in = a + row * a_stride;
      switch (m * (tile + 1) / tiles - row) {
#define CASE(rows) \
  case rows: multiply_tile(rows, out, c_stride, in, a_stride, block, k); break;
        CASE(1) CASE(2) CASE(3) CASE(4)
#if CK_TILE_ROWS > 4
        CASE(5) CASE(6)
#endif
#if CK_TILE_ROWS > 6
        CASE(7) CASE(8) CASE(9) CASE(10) CASE(11) CASE(12)
#endif
#undef CASE
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

static void multiply_transposed(float *c, ptrdiff_t c_stride, const float *d, ptrdiff_t d_stride,
                                const float *w, ptrdiff_t m, ptrdiff_t k, ptrdiff_t n) {
  if (m == 1) {
    ptrdiff_t column = 0;
    for (; column + CK_DOT_SINGLE <= k; column += CK_DOT_SINGLE)
      dot_tile(1, CK_DOT_SINGLE, c + column, c_stride, d, d_stride, w + column * CK_PANEL, k, n);
    for (; column < k; column++)
      dot_tile(1, 1, c + column, c_stride, d, d_stride, w + column * CK_PANEL, k, n);
    return;
  }
  ptrdiff_t tiles = (m + CK_DOT_ROWS - 1) / CK_DOT_ROWS;
  for (ptrdiff_t column = 0; column < k; column += 4) {
    for (ptrdiff_t tile = 0; tile < tiles; tile++) {
      ptrdiff_t row = m * tile / tiles, height = m * (tile + 1) / tiles - row;
      float *out = c + row * c_stride + column;
      const float *in = d + row * d_stride, *rows = w + column * CK_PANEL;
      if (k - column >= 4) {
        switch (height) {
#define CASE(rows_in_tile) \
  case rows_in_tile: dot_tile(rows_in_tile, 4, out, c_stride, in, d_stride, rows, k, n); break;
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
      } else {
        for (ptrdiff_t i = 0; i < height; i++)
          for (ptrdiff_t j = 0; j < k - column; j++)
            dot_tile(1, 1, out + i * c_stride + j, c_stride, in + i * d_stride, d_stride, rows + j * CK_PANEL,
                     k, n);
      }
    }
  }
}

enum { outer_rows = 256 };

// g[m][tile] += transposed a[rows][m] * d[rows][tile], with d packed in rows of CK_PANEL.
INLINE void outer_tile(const int m, float *g, const float *a, ptrdiff_t a_stride, const float *d,
                       ptrdiff_t rows) {
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
      vfloat x = splat(a[r * a_stride + i]);
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
  float packed[outer_rows * CK_PANEL];
  for (ptrdiff_t first = 0; first < rows; first += outer_rows) {
    ptrdiff_t count = rows - first < outer_rows ? rows - first : outer_rows;
    for (ptrdiff_t panel = 0; panel < n; panel += CK_PANEL) {
      for (ptrdiff_t r = 0; r < count; r++)
        memcpy(packed + r * CK_PANEL, d + (first + r) * d_stride + panel, CK_PANEL * sizeof(float));
      for (ptrdiff_t row = 0; row < k; row += CK_TILE_ROWS) {
        const float *in = a + first * a_stride + row;
        for (ptrdiff_t column = 0; column < CK_PANEL; column += CK_TILE_COLUMNS) {
          float *out = g + panel * k + row * CK_PANEL + column;
          if (k - row >= CK_TILE_ROWS) {
            outer_tile(CK_TILE_ROWS, out, in, a_stride, packed + column, count);
          } else {
            for (ptrdiff_t i = 0; i < k - row; i++)
              outer_tile(1, out + i * CK_PANEL, in + i, a_stride, packed + column, count);
          }
        }
      }
    }
  }
}

static void sum_rows(float *s, const float *d, ptrdiff_t d_stride, ptrdiff_t rows, ptrdiff_t n) {
  for (ptrdiff_t column = 0; column < n; column += CK_LANES) {
    vfloat sum = load(s + column);
    for (ptrdiff_t r = 0; r < rows; r++) sum += load(d + r * d_stride + column);
    store(s + column, sum);
  }
}

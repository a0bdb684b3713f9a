// The elementwise halves of the LSTM and RNN cells, and the loss. Widths are multiples of CK_PANEL.

static void lstm_forward(float *gates, const float *c_previous, float *c, float *tanh_c, float *h, ptrdiff_t m,
                         ptrdiff_t width) {
  for (ptrdiff_t lane = 0; lane < m; lane++) {
    float *row = gates + lane * 4 * width;
    for (ptrdiff_t j = 0; j < width; j += CK_LANES) {
      ptrdiff_t at = lane * width + j;
      vfloat i = sigmoid(load(row + j));
      vfloat f = sigmoid(load(row + width + j));
      vfloat g = hyperbolic_tangent(load(row + 2 * width + j));
      vfloat o = sigmoid(load(row + 3 * width + j));
      vfloat cell = f * load(c_previous + at) + i * g;
      vfloat t = hyperbolic_tangent(cell);
      store(row + j, i);
      store(row + width + j, f);
      store(row + 2 * width + j, g);
      store(row + 3 * width + j, o);
      store(c + at, cell);
      store(tanh_c + at, t);
      store(h + at, o * t);
    }
  }
}

static void lstm_backward(float *gates, const float *c_previous, const float *tanh_c, const float *dh,
                          float *dc, ptrdiff_t m, ptrdiff_t width) {
  for (ptrdiff_t lane = 0; lane < m; lane++) {
    float *row = gates + lane * 4 * width;
    for (ptrdiff_t j = 0; j < width; j += CK_LANES) {
      ptrdiff_t at = lane * width + j;
      vfloat i = load(row + j), f = load(row + width + j);
      vfloat g = load(row + 2 * width + j), o = load(row + 3 * width + j);
      vfloat t = load(tanh_c + at), d = load(dh + at);
      vfloat dcell = load(dc + at) + d * o * (1.0f - t * t);
      store(row + j, dcell * g * i * (1.0f - i));
      store(row + width + j, dcell * load(c_previous + at) * f * (1.0f - f));
      store(row + 2 * width + j, dcell * i * (1.0f - g * g));
      store(row + 3 * width + j, d * t * o * (1.0f - o));
      store(dc + at, dcell * f);
    }
  }
}

static void rnn_forward(float *gates, float *h, ptrdiff_t count) {
  for (ptrdiff_t j = 0; j < count; j += CK_LANES) {
    vfloat t = hyperbolic_tangent(load(gates + j));
    store(gates + j, t);
    store(h + j, t);
  }
}

static void rnn_backward(float *gates, const float *dh, ptrdiff_t count) {
  for (ptrdiff_t j = 0; j < count; j += CK_LANES) {
    vfloat t = load(gates + j);
    store(gates + j, load(dh + j) * (1.0f - t * t));
  }
}

static void cross_entropy(float *logits, ptrdiff_t stride, const int32_t *targets, float *loss, ptrdiff_t m,
                          ptrdiff_t n, float scale) {
  for (ptrdiff_t row = 0; row < m; row++) {
    float *x = logits + row * stride;
    if (targets[row] < 0) {
      loss[row] = 0;
      if (scale != 0) memset(x, 0, (size_t)stride * sizeof(float));
      continue;
    }
    float target = x[targets[row]];
    // Padding takes part in full vectors as a logit too small to count.
    for (ptrdiff_t j = n; j < stride; j++) x[j] = -__builtin_inff();
    vfloat largest = load(x);
    for (ptrdiff_t j = CK_LANES; j < stride; j += CK_LANES) {
      vfloat y = load(x + j);
      largest = select(largest > y, largest, y);
    }
    float top = largest[0];
    for (int j = 1; j < CK_LANES; j++) top = top > largest[j] ? top : largest[j];
    vfloat sums = splat(0);
    for (ptrdiff_t j = 0; j < stride; j += CK_LANES) {
      vfloat e = exponential(load(x + j) - top);
      sums += e;
      if (scale != 0) store(x + j, e);
    }
    float sum = horizontal_sum(sums);
    loss[row] = __builtin_logf(sum) - (target - top);
    if (scale != 0) {
      vfloat factor = splat(scale / sum);
      for (ptrdiff_t j = 0; j < stride; j += CK_LANES) store(x + j, load(x + j) * factor);
      x[targets[row]] -= scale;
    }
    for (ptrdiff_t j = n; j < stride; j++) x[j] = 0;
  }
}

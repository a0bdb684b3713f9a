#ifndef CKERNELS_H
#define CKERNELS_H

#include <stddef.h>
#include <stdint.h>

/// Single-precision kernels for small recurrent networks, compiled once for each instruction set.
///
/// Weights are packed in panels of CK_PANEL columns: a matrix of k rows and n columns (n a multiple of
/// CK_PANEL) is stored as [n / CK_PANEL][k][CK_PANEL], so every product streams through it in order.
/// All other matrices are row-major with a stride counted in floats.
/// No pointer needs to be aligned; 64-byte alignment is fastest.
#define CK_PANEL 32
/// Sparse weights lie in blocks of so many inputs, at most 256, and of a panel's columns.
#define CK_SPARSE_DEPTH 128
/// The lanes that a sparse step takes at once are at most so many.
#define CK_SPARSE_LANES 128

typedef enum ck_level {
  CK_LEVEL_BASELINE = 0,
  CK_LEVEL_AVX2 = 1,
  CK_LEVEL_AVX512 = 2,
} ck_level;

/// Coefficients of one Adam step (Kingma and Ba 2015, algorithm 1; decoupled decay as in AdamW).
typedef struct ck_adam_step {
  float beta1;
  float beta2;
  float epsilon;
  /// learning rate / (1 - beta1^t)
  float step_size;
  /// 1 / sqrt(1 - beta2^t)
  float second_moment_scale;
  /// 1 - learning rate * weight decay
  float parameter_scale;
  /// factor on the gradient (1, or less when the gradient is clipped)
  float gradient_scale;
  /// 1 - decay of the running average of the parameters
  float average_rate;
} ck_adam_step;

typedef struct ck_kernels {
  /// c[m][n] += a[m][k] * w, with w packed (k, n).
  void (*multiply)(float *c, ptrdiff_t c_stride, const float *a, ptrdiff_t a_stride, const float *w,
                   ptrdiff_t m, ptrdiff_t k, ptrdiff_t n);
  /// c[m][k] += d[m][n] * transposed w, with w packed (k, n); only columns first..<end of c.
  void (*multiply_transposed)(float *c, ptrdiff_t c_stride, const float *d, ptrdiff_t d_stride,
                              const float *w, ptrdiff_t m, ptrdiff_t k, ptrdiff_t n, ptrdiff_t first,
                              ptrdiff_t end);
  /// g += transposed a[rows][k] * d[rows][n], with g packed (k, n).
  void (*accumulate_outer)(float *g, const float *a, ptrdiff_t a_stride, const float *d, ptrdiff_t d_stride,
                           ptrdiff_t rows, ptrdiff_t k, ptrdiff_t n);
  /// s[n] += the sum over rows of d[rows][n].
  void (*sum_rows)(float *s, const float *d, ptrdiff_t d_stride, ptrdiff_t rows, ptrdiff_t n);
  /// t = transposed w, with w packed (k, n) and t packed (n, k), k rounded up to whole panels with zeros; only
  /// `panels` panels of t from `first` on.
  void (*transpose)(float *t, const float *w, ptrdiff_t k, ptrdiff_t n, ptrdiff_t first, ptrdiff_t panels);

  /// One LSTM step for m lanes. gates[m][4 * width] holds the sums for i, f, g, o and becomes their
  /// activations; c = f * c_previous + i * g; tanh_c = tanh(c); h = o * tanh_c. width: a multiple of 32.
  void (*lstm_forward)(float *gates, const float *c_previous, float *c, float *tanh_c, float *h, ptrdiff_t m,
                       ptrdiff_t width);
  /// One LSTM step for m lanes with recurrent weights of which most are zero, each sum as with all of them: sums start
  /// from rows[lane][4 * width], and c[m][width] and h[m][width] move on. For each panel of columns, each
  /// CK_SPARSE_DEPTH of the k inputs and each column, one after another, w has the weights that are not zero: with b
  /// counting these, those of starts[b]..<starts[b + 1]. `inputs` holds the input of each, counted from the first of
  /// the CK_SPARSE_DEPTH. scratch: width, rounded up to a multiple of CK_SPARSE_DEPTH, times CK_SPARSE_LANES.
  void (*lstm_sparse)(const float *const *rows, const float *w, const uint8_t *inputs, const int32_t *starts,
                      float *c, float *h, ptrdiff_t m, ptrdiff_t k, ptrdiff_t width, float *scratch);
  /// Turns activated gates into the gradient of their sums. dh is the gradient of h, dc that of c coming
  /// from the step after; on return dc is the gradient of c_previous.
  void (*lstm_backward)(float *gates, const float *c_previous, const float *tanh_c, const float *dh, float *dc,
                        ptrdiff_t m, ptrdiff_t width);
  /// gates = tanh(gates); h = gates.
  void (*rnn_forward)(float *gates, float *h, ptrdiff_t count);
  /// gates = dh * (1 - gates * gates).
  void (*rnn_backward)(float *gates, const float *dh, ptrdiff_t count);

  /// Softmax cross-entropy of m rows of n logits. loss[row] = -ln(softmax(logits)[target]); with a scale
  /// other than 0 the logits become (softmax - one-hot) * scale. A target below 0 gives loss and gradient 0.
  /// Columns n..<stride are padding: their gradient is 0.
  void (*cross_entropy)(float *logits, ptrdiff_t stride, const int32_t *targets, float *loss, ptrdiff_t m,
                        ptrdiff_t n, float scale);

  /// One Adam step; gradients are consumed (set to 0). average may be NULL.
  void (*adam)(float *parameters, float *gradients, float *first_moments, float *second_moments,
               float *average, ptrdiff_t count, const ck_adam_step *step);
  double (*sum_of_squares)(const float *x, ptrdiff_t count);
  /// y += x; x = 0.
  void (*move_sum)(float *y, float *x, ptrdiff_t count);
  /// y += x.
  void (*add)(float *y, const float *x, ptrdiff_t count);
  /// y[i] = x[i] * scale where a hash of (key, first + i) is at least threshold, else 0. y may be x.
  void (*dropout)(float *y, const float *x, ptrdiff_t count, uint32_t first, uint64_t key, uint32_t threshold,
                  float scale);

  /// `rounds` times 192 multiplications and additions in registers: what the processor can do at best. Returns a number
  /// that depends on all of them.
  float (*multiply_add)(ptrdiff_t rounds);

  void (*exponential)(float *x, ptrdiff_t count);
  void (*sigmoid)(float *x, ptrdiff_t count);
  void (*hyperbolic_tangent)(float *x, ptrdiff_t count);
} ck_kernels;

/// The kernels for one instruction set, or NULL where this processor lacks it.
const ck_kernels *ck_kernels_at(ck_level level);

/// The highest level that this processor runs.
ck_level ck_best_level(void);

/// IEEE 754 half precision, round to nearest even.
void ck_half_to_float(float *y, const uint16_t *x, ptrdiff_t count);
void ck_float_to_half(uint16_t *y, const float *x, ptrdiff_t count);

#endif

// Any processor: 128-bit vectors, which are SSE2 on x86-64 and NEON on arm64.
#define CK_LANES 4
#define CK_ROW_PANELS 1
#define CK_DOT_SINGLE 8
#if defined(__aarch64__)
#define CK_TILE_ROWS 6
#define CK_TILE_VECTORS 4
#define CK_DOT_ROWS 4
#else
#define CK_TILE_ROWS 4
#define CK_TILE_VECTORS 2
#define CK_DOT_ROWS 2
#endif
#define CK_SPARSE_VECTORS 8
#define CK_TABLE ck_baseline_kernels

#include "Vector.h"
#include "Products.h"
#include "Cells.h"
#include "SparseCells.h"
#include "Elementwise.h"
#include "KernelTable.h"

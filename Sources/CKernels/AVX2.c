// x86-64 with AVX2 and FMA: 16 registers of 8 floats.
#if defined(__x86_64__)
#define CK_LANES 8
#define CK_ROW_PANELS 2
#define CK_DOT_SINGLE 8
#define CK_TILE_ROWS 6
#define CK_TILE_VECTORS 2
#define CK_DOT_ROWS 3
#define CK_SPARSE_VECTORS 8
#define CK_TABLE ck_avx2_kernels

#pragma clang attribute push(__attribute__((target("avx2,fma"))), apply_to = function)
#include "Vector.h"
#include "Products.h"
#include "Cells.h"
#include "SparseCells.h"
#include "Elementwise.h"
#pragma clang attribute pop
#include "KernelTable.h"
#endif

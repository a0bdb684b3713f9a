// x86-64 with AVX-512: 32 registers of 16 floats.
#if defined(__x86_64__)
#define CK_LANES 16
#define CK_ROW_PANELS 4
#define CK_DOT_SINGLE 16
#define CK_TILE_ROWS 12
#define CK_TILE_VECTORS 2
#define CK_DOT_ROWS 6
#define CK_SPARSE_VECTORS 8
#define CK_TABLE ck_avx512_kernels

#pragma clang attribute push(__attribute__((target("avx512f,avx512vl,avx512dq,avx512bw,avx2,fma"))), apply_to = function)
#include "Vector.h"
#include "Products.h"
#include "Cells.h"
#include "SparseCells.h"
#include "Elementwise.h"
#pragma clang attribute pop
#include "KernelTable.h"
#endif

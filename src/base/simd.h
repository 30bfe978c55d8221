/* SPDX-License-Identifier: MIT */
/* Vectors. SSE2: where __SSE2__ is defined. AVX2: where TA_HAVE_X86 is 1, in functions with the
 * attribute target("avx2"), called where __builtin_cpu_supports("avx2"). */
#ifndef TA_BASE_SIMD_H
#define TA_BASE_SIMD_H

#if defined __x86_64__ && (defined __GNUC__ || defined __clang__)
#include <immintrin.h>
#define TA_HAVE_X86 1
#else
#define TA_HAVE_X86 0
#endif

#ifdef __SSE2__
#include <emmintrin.h>
#endif

#endif

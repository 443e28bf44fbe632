// SPDX-License-Identifier: Apache-2.0
//
// mbedTLS configuration of the device: verification of ECDSA P-256/P-384 and RSA-PSS, SHA-256 and SHA-384, nothing else.
// No entropy, no PSA, no file system, no time, no threads; memory comes from the arena of arena.cpp.
#ifndef PROOFMARK_MBEDTLS_MINIMAL_CONFIG_H
#define PROOFMARK_MBEDTLS_MINIMAL_CONFIG_H

#include <stddef.h>

#define MBEDTLS_HAVE_ASM
#define MBEDTLS_NO_UDBL_DIVISION  // the division of 128-bit numbers is a call into the compiler's run-time library

#define MBEDTLS_PLATFORM_C
#define MBEDTLS_PLATFORM_MEMORY
#define MBEDTLS_PLATFORM_NO_STD_FUNCTIONS
#define MBEDTLS_PLATFORM_CALLOC_MACRO pm_arena_calloc
#define MBEDTLS_PLATFORM_FREE_MACRO pm_arena_free
#define MBEDTLS_PLATFORM_ZEROIZE_ALT

#define MBEDTLS_BIGNUM_C
#define MBEDTLS_MPI_MAX_SIZE 512
#define MBEDTLS_RSA_C
#define MBEDTLS_PKCS1_V21

#define MBEDTLS_ECP_C
#define MBEDTLS_ECDSA_C
#define MBEDTLS_ECP_DP_SECP256R1_ENABLED
#define MBEDTLS_ECP_DP_SECP384R1_ENABLED
#define MBEDTLS_ECP_NIST_OPTIM
#define MBEDTLS_ECP_WINDOW_SIZE 4
#define MBEDTLS_ECP_FIXED_POINT_OPTIM 0  // its tables speed up signing, and would cost a third of the size budget

#define MBEDTLS_MD_C
#define MBEDTLS_SHA256_C
#define MBEDTLS_SHA384_C
#define MBEDTLS_SHA512_SMALLER
#define MBEDTLS_SHA256_SMALLER

// RSA and ECDSA demand these and SHA-256 to be configured; the linker drops what nobody calls.
#define MBEDTLS_OID_C
#define MBEDTLS_ASN1_PARSE_C
#define MBEDTLS_ASN1_WRITE_C

#ifdef __cplusplus
extern "C" {
#endif
void* pm_arena_calloc(size_t count, size_t size);
void pm_arena_free(void* memory);
#ifdef __cplusplus
}
#endif

#endif

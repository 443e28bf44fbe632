// SPDX-License-Identifier: Apache-2.0

extern const char *const password_file, *const password, *const token, *const passphrase;
extern const unsigned char public_key[16], zero_key[16];

const char *const password_file = "gateway-password";
const char *const password = "password";
const char *const token = "bearer";
const char *const passphrase = "Enter the passphrase: ";
const unsigned char public_key[16] = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16};
const unsigned char zero_key[16] = {0};

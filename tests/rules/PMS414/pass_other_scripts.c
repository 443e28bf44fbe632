// SPDX-License-Identifier: Apache-2.0

// שלום: Hebrew letters need no control characters.
extern const char *const greeting, *const order;

const char *const greeting = "مرحبا";
const char *const order = "\xE2\x80\xAE";

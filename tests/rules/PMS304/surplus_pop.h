// SPDX-License-Identifier: Apache-2.0
#pragma GCC diagnostic pop

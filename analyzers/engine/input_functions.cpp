// SPDX-License-Identifier: Apache-2.0
//
// The tables; see input_functions.h.
#include "engine/input_functions.h"

#include <algorithm>

namespace proofmark::analyze {
namespace {

constexpr InputFunction kInputs[] = {
    // POSIX
    {"read", 1, -1, 2},
    {"pread", 1, -1, 2},
    {"recv", 1, -1, 2},
    {"recvfrom", 1, -1, 2},
    // OpenSSL, mbedTLS, wolfSSL, GnuTLS
    {"SSL_read", 1, -1, 2},
    {"SSL_read_ex", 1, 3},
    {"SSL_peek", 1, -1, 2},
    {"BIO_read", 1, -1, 2},
    {"BIO_read_ex", 1, 3},
    {"mbedtls_ssl_read", 1, -1, 2},
    {"mbedtls_net_recv", 1, -1, 2},
    {"mbedtls_net_recv_timeout", 1, -1, 2},
    {"wolfSSL_read", 1, -1, 2},
    {"wolfSSL_recv", 1, -1, 2},
    {"gnutls_record_recv", 1, -1, 2},
    // lwIP, CoAP
    {"lwip_read", 1, -1, 2},
    {"lwip_recv", 1, -1, 2},
    {"lwip_recvfrom", 1, -1, 2},
    {"pbuf_copy_partial", 1, -1, 2},
    {"coap_get_data", 1, 2},
    {"coap_get_data_large", 1, 2},
    // libmodbus
    {"modbus_receive", 1},
    {"modbus_receive_confirmation", 1},
    {"modbus_read_bits", 3},
    {"modbus_read_input_bits", 3},
    {"modbus_read_registers", 3},
    {"modbus_read_input_registers", 3},
    {"modbus_write_and_read_registers", 6},
    {"modbus_report_slave_id", 2, -1, 1},
    // Serial lines and buses
    {"HAL_UART_Receive", 1},
    {"HAL_I2C_Master_Receive", 2},
    {"HAL_I2C_Mem_Read", 4},
    {"HAL_SPI_Receive", 1},
    {"uart_read_bytes", 1, -1, 2},
    {"uart_fifo_read", 1, -1, 2},
    {"uart_poll_in", 1},
    {"i2c_read", 1},
    {"i2c_burst_read", 3},
    {"i2c_smbus_read_block_data", 2},
};

constexpr SizedFunction kSized[] = {
    {"memcpy", 0, 1, 2},
    {"memmove", 0, 1, 2},
    {"mempcpy", 0, 1, 2},
    {"bcopy", 1, 0, 2},
    {"memset", 0, -1, 2},
    {"memcmp", -1, 0, 2},
    {"write", -1, 1, 2},
    {"send", -1, 1, 2},
    {"sendto", -1, 1, 2},
    {"SSL_write", -1, 1, 2},
    {"mbedtls_ssl_write", -1, 1, 2},
    {"BIO_write", -1, 1, 2},
    {"read", 1, -1, 2},
    {"pread", 1, -1, 2},
    {"recv", 1, -1, 2},
    {"recvfrom", 1, -1, 2},
    {"SSL_read", 1, -1, 2},
    {"BIO_read", 1, -1, 2},
    {"mbedtls_ssl_read", 1, -1, 2},
    {"mbedtls_net_recv", 1, -1, 2},
    {"lwip_read", 1, -1, 2},
    {"lwip_recv", 1, -1, 2},
    {"pbuf_copy_partial", 1, -1, 2},
    {"fread", 0, -1, 1, 2},
    {"fwrite", -1, 0, 1, 2},
    {"malloc", -1, -1, 0},
    {"calloc", -1, -1, 0, 1},
    {"alloca", -1, -1, 0},
    {"realloc", -1, -1, 1},
    {"valloc", -1, -1, 0},
    {"pvPortMalloc", -1, -1, 0},
    {"aligned_alloc", -1, -1, 1},
};

// Of what came from another machine.
constexpr std::string_view kByteDecoders[] = {
    "ntohs",      "ntohl",    "ntohll",   "be16toh",  "be32toh",           "be64toh",           "le16toh",
    "le32toh",    "le64toh",  "bswap16",  "bswap32",  "bswap64",           "__bswap_16",        "__bswap_32",
    "__bswap_64", "bswap_16", "bswap_32", "bswap_64", "__uint16_identity", "__uint32_identity", "__uint64_identity",
};

template <class Table>
auto find(const Table& table, std::string_view name) {
  const auto found = std::ranges::find_if(table, [&](const auto& one) { return one.name == name; });
  return found == std::end(table) ? nullptr : &*found;
}

}  // namespace

const InputFunction* find_input_function(std::string_view name) {
  return find(kInputs, name);
}

const SizedFunction* find_sized_function(std::string_view name) {
  return find(kSized, name);
}

bool is_byte_decoder(std::string_view name) {
  return std::ranges::find(kByteDecoders, name) != std::end(kByteDecoders);
}

bool is_byte_order_function(std::string_view name) {
  return is_byte_decoder(name) || name == "htons" || name == "htonl";
}

bool is_message_type(std::string_view type) {
  return type == "mosquitto_message" || type == "MQTTClient_message" || type == "MQTTAsync_message";
}

bool is_message_member(std::string_view member) {
  return member == "payload" || member == "payloadlen";
}

}  // namespace proofmark::analyze

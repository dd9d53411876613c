package org.voyage.feeds.delivery.http;

import java.net.InetAddress;
import java.util.Arrays;
import org.voyage.kit.input.StrictTextParser;

/**
 * Block of addresses in CIDR form: {@code 10.0.0.0/8}.
 *
 * @param network 4 or 16 bytes
 * @param bits length of the prefix
 */
record AddressBlock(byte[] network, int bits) {

    private static final int IPV6_BYTES = 16;
    private static final int IPV4_BYTES = 4;

    /**
     * Parses a block; an address alone is a block of one.
     *
     * @throws IllegalArgumentException for every other text
     */
    static AddressBlock parse(String text) {
        int slash = text.indexOf('/');
        byte[] network = toBytes(slash < 0 ? text : text.substring(0, slash));
        Long bits = slash < 0
                ? Long.valueOf(network.length * 8L)
                : StrictTextParser.parseInteger(text.substring(slash + 1));
        if (bits == null || bits < 0 || bits > network.length * 8L) {
            throw new IllegalArgumentException("not a block of addresses: " + text);
        }
        return new AddressBlock(network, bits.intValue());
    }

    /** The JDK makes a mapped IPv6 address an IPv4 address, so that such a text needs its 16 bytes back. */
    private static byte[] toBytes(String text) {
        byte[] address = InetAddress.ofLiteral(text).getAddress();
        if (address.length == IPV4_BYTES && text.contains(":")) {
            byte[] mapped = new byte[IPV6_BYTES];
            mapped[10] = (byte) 0xFF;
            mapped[11] = (byte) 0xFF;
            System.arraycopy(address, 0, mapped, IPV6_BYTES - IPV4_BYTES, IPV4_BYTES);
            return mapped;
        }
        return address;
    }

    /** @param address 4 or 16 bytes */
    boolean contains(byte[] address) {
        if (address.length != network.length) {
            return false;
        }
        for (int bit = 0; bit < bits; bit += Byte.SIZE) {
            int mask = 0xFF << Math.max(0, Byte.SIZE - (bits - bit));
            if (((address[bit / Byte.SIZE] ^ network[bit / Byte.SIZE]) & mask & 0xFF) != 0) {
                return false;
            }
        }
        return true;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof AddressBlock block && bits == block.bits && Arrays.equals(network, block.network);
    }

    @Override
    public int hashCode() {
        return 31 * Arrays.hashCode(network) + bits;
    }
}

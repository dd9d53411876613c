package org.voyage.feeds.delivery.http;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/** Registry of the address blocks that are not for the public: {@code delivery/special-addresses.csv}. */
final class SpecialAddressRegistry {

    private static final String FILE = "/delivery/special-addresses.csv";
    private static final int IPV4_BYTES = 4;
    /** Octet that RFC 6052 leaves out of an embedded address. */
    private static final int RESERVED_OCTET = 8;

    private final List<SpecialBlock> blocks;

    /**
     * Block with a name.
     *
     * @param embedded places of the IPv4 addresses in it
     */
    record SpecialBlock(AddressBlock block, String name, List<String> embedded) {

        /** Returns the IPv4 addresses that an address of the block holds. */
        List<byte[]> embeddedAddresses(byte[] address) {
            return embedded.stream()
                    .map(place -> extractAddress(address, place))
                    .toList();
        }
    }

    private SpecialAddressRegistry(List<SpecialBlock> blocks) {
        this.blocks = blocks;
    }

    static SpecialAddressRegistry load() {
        try (InputStream file = SpecialAddressRegistry.class.getResourceAsStream(FILE);
                BufferedReader lines = new BufferedReader(
                        new InputStreamReader(Objects.requireNonNull(file, FILE), StandardCharsets.UTF_8))) {
            return new SpecialAddressRegistry(lines.lines()
                    .filter(line -> !line.startsWith("#"))
                    .skip(1)
                    .map(SpecialAddressRegistry::parseLine)
                    .sorted(Comparator.comparingInt(
                                    (SpecialBlock each) -> each.block().bits())
                            .reversed())
                    .toList());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static SpecialBlock parseLine(String line) {
        String[] cells = line.split(",", -1);
        return new SpecialBlock(
                AddressBlock.parse(cells[0]), cells[1], cells[2].isEmpty() ? List.of() : List.of(cells[2].split(" ")));
    }

    /** Returns the smallest block that contains the address. */
    Optional<SpecialBlock> findBlock(byte[] address) {
        return blocks.stream().filter(each -> each.block().contains(address)).findFirst();
    }

    private static byte[] extractAddress(byte[] address, String place) {
        boolean isInverted = place.startsWith("~");
        boolean skipsOctet = place.endsWith("u");
        int first = Integer.parseInt(place.replaceAll("[~u]", "")) / Byte.SIZE;
        byte[] found = new byte[IPV4_BYTES];
        int at = first;
        for (int i = 0; i < IPV4_BYTES; i++) {
            if (skipsOctet && at == RESERVED_OCTET) {
                at++;
            }
            found[i] = isInverted ? (byte) ~address[at] : address[at];
            at++;
        }
        return found;
    }
}

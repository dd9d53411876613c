package org.voyage.demo;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Finder of free ports for a whole platform on this machine. */
final class FreeBasePort {

    /** Those of the platform, and that of a sample receiver of webhooks. */
    private static final int PORT_COUNT = 20;

    private FreeBasePort() {}

    /**
     * Returns a base port below the system's ports of outgoing connections, so that no connection takes it afterwards.
     */
    static int findFree() {
        return Stream.generate(() -> ThreadLocalRandom.current().nextInt(15_000, 32_000))
                .limit(1_000)
                .filter(base -> IntStream.range(base, base + PORT_COUNT).allMatch(FreeBasePort::isFree))
                .findFirst()
                .orElseThrow();
    }

    private static boolean isFree(int port) {
        try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
            return socket.isBound();
        } catch (IOException e) {
            return false;
        }
    }
}

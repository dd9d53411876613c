package org.voyage.local;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.IntStream;

/** TCP ports of this machine's loopback address. */
public final class LoopbackPorts {
    /** Above the default ports of Voyage, below those that Linux gives to outgoing connections. */
    private static final int FIRST_PORT = 9_500;

    private static final int LAST_PORT = 15_000;
    private static final int SEARCHED_PORTS = 200;

    /** Base ports of whole platforms are between the last port above and this one; Linux gives them to no connection. */
    private static final int LAST_BASE_PORT = 32_000;

    /** Ports of a platform, and of a receiver of webhooks next to it. */
    private static final int PLATFORM_PORTS = 20;

    private LoopbackPorts() {}

    /**
     * Returns a port that is free now. The system gives ports of this range to no connection, so the port stays free until
     * its server starts.
     */
    public static int findFreePort() {
        return ThreadLocalRandom.current()
                .ints(SEARCHED_PORTS, FIRST_PORT, LAST_PORT)
                .filter(LoopbackPorts::isFree)
                .findFirst()
                .orElseThrow(() -> new StartFailedException("This machine has no free TCP port."));
    }

    /** Returns the first port of a whole platform's free ports. No outgoing connection takes one afterwards. */
    public static int findFreeBasePort() {
        return ThreadLocalRandom.current()
                .ints(SEARCHED_PORTS, LAST_PORT, LAST_BASE_PORT)
                .filter(base -> IntStream.range(base, base + PLATFORM_PORTS).allMatch(LoopbackPorts::isFree))
                .findFirst()
                .orElseThrow(() -> new StartFailedException("This machine has no free TCP ports for a platform."));
    }

    private static boolean isFree(int port) {
        try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
            return socket.isBound();
        } catch (IOException e) {
            return false;
        }
    }

    static void requirePortFree(int port, String wantedBy) {
        if (port < 1 || port > 65_535) {
            throw new StartFailedException(
                    "There is no port " + port + " (for " + wantedBy + "): choose a smaller --base-port.");
        }
        try (ServerSocket socket = new ServerSocket()) {
            socket.setReuseAddress(true);
            socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
        } catch (IOException e) {
            if (String.valueOf(e.getMessage()).startsWith("Permission denied")) {
                throw new StartFailedException(
                        "This user may not open port " + port + " (for " + wantedBy
                                + "): choose higher ports with --base-port N.",
                        e);
            }
            throw new StartFailedException(
                    "Port " + port + " (for " + wantedBy
                            + ") is used by another program: stop it, or choose other ports with --base-port N.",
                    e);
        }
    }

    public static boolean isAnswering(int port) {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 500);
            return true;
        } catch (IOException e) {
            return false;
        }
    }
}

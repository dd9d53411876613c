package org.voyage.bench;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;

/** TCP ports of this machine. */
final class FreePorts {

    private static final int TIMEOUT_MS = 500;
    private static final int MAX_PORT = 65_000;

    private FreePorts() {}

    /** Returns a free port; the next two dozen ports are very probably free too. */
    static int findFreePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return Math.min(socket.getLocalPort(), MAX_PORT);
        }
    }

    static boolean isAnswering(int port) {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), TIMEOUT_MS);
            return true;
        } catch (IOException e) {
            return false;
        }
    }
}

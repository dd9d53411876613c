package org.voyage.local;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;

/** TCP ports of this machine's loopback address. */
public final class LoopbackPorts {
    private LoopbackPorts() {}

    /** Returns a port that is free now. */
    public static int findFreePort() {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new StartFailedException("This machine has no free TCP port: " + e.getMessage() + ".", e);
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

    static boolean isAnswering(int port) {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 500);
            return true;
        } catch (IOException e) {
            return false;
        }
    }
}

package org.voyage.dashboard;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Request as bytes on a connection of its own, for what no HTTP client would send. */
final class RawRequest {
    private static final int TIMEOUT_MILLIS = 20_000;
    private static final Pattern LENGTH = Pattern.compile("(?i)\r\ncontent-length: (\\d+)\r\n");

    private RawRequest() {}

    /** Sends a head and returns the whole answer. */
    static String send(int port, String head) throws IOException {
        return send(port, "127.0.0.1", head);
    }

    /** Sends a head from an address of this machine. */
    static String send(int port, String address, String head) throws IOException {
        try (Socket socket = new Socket()) {
            socket.bind(new InetSocketAddress(address, 0));
            socket.setSoTimeout(TIMEOUT_MILLIS);
            socket.connect(new InetSocketAddress("127.0.0.1", port), TIMEOUT_MILLIS);
            socket.getOutputStream().write(head.getBytes(StandardCharsets.ISO_8859_1));
            return readAnswer(new BufferedInputStream(socket.getInputStream()));
        }
    }

    /** Reads an answer to its end by its own account, or to the end of the connection. */
    private static String readAnswer(InputStream in) throws IOException {
        ByteArrayOutputStream head = new ByteArrayOutputStream();
        while (!head.toString(StandardCharsets.UTF_8).endsWith("\r\n\r\n")) {
            int next = in.read();
            if (next < 0) {
                return head.toString(StandardCharsets.UTF_8);
            }
            head.write(next);
        }
        String text = head.toString(StandardCharsets.UTF_8);
        Matcher length = LENGTH.matcher(text);
        byte[] body = length.find() ? in.readNBytes(Integer.parseInt(length.group(1))) : in.readAllBytes();
        return text + new String(body, StandardCharsets.UTF_8);
    }

    /** Sends a GET with cookies and returns the time until the answer was complete, in nanoseconds. */
    static long measureGet(int port, String path, String cookies, String status) throws IOException {
        long begun = System.nanoTime();
        String answer = send(
                port,
                "GET " + path + " HTTP/1.1\r\nHost: localhost\r\nCookie: " + cookies + "\r\nConnection: close\r\n\r\n");
        if (!answer.startsWith("HTTP/1.1 " + status + " ")) {
            throw new AssertionError(path + ": " + answer);
        }
        return System.nanoTime() - begun;
    }
}

package org.voyage.feeds.subscription;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.voyage.feeds.FeedsTestBackend;

/** Reader of a stream on a raw socket with a small buffer. It takes nothing until it is asked to. */
final class SlowStreamReader implements AutoCloseable {

    private static final int BUFFER_BYTES = 8 * 1024;

    private final Socket socket;

    private SlowStreamReader(Socket socket) {
        this.socket = socket;
    }

    static SlowStreamReader open(int port, String feed, String token) throws IOException {
        Socket socket = new Socket();
        socket.setReceiveBufferSize(BUFFER_BYTES);
        socket.setSoTimeout((int) FeedsTestBackend.TIMEOUT.toMillis());
        socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
        socket.getOutputStream()
                .write(("GET /v1/feeds/" + feed + "/stream HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer "
                                + token + "\r\n\r\n")
                        .getBytes(StandardCharsets.US_ASCII));
        return new SlowStreamReader(socket);
    }

    /** Returns whether the service has begun to answer. */
    boolean hasUnread() throws IOException {
        return socket.getInputStream().available() > 0;
    }

    /** Reads the stream until it has had so many events, and returns their ids in order. */
    List<String> readIds(int count) throws IOException {
        InputStream in = new BufferedInputStream(socket.getInputStream());
        String line = readLine(in);
        while (!line.isEmpty()) {
            line = readLine(in);
        }
        List<String> ids = new ArrayList<>();
        ByteArrayOutputStream text = new ByteArrayOutputStream();
        while (ids.size() < count) {
            text.writeBytes(readChunk(in));
            String read = text.toString(StandardCharsets.UTF_8);
            int end = read.lastIndexOf('\n') + 1;
            read.substring(0, end)
                    .lines()
                    .filter(each -> each.startsWith("id:"))
                    .forEach(each -> ids.add(each.substring("id:".length()).strip()));
            byte[] rest = read.substring(end).getBytes(StandardCharsets.UTF_8);
            text.reset();
            text.writeBytes(rest);
        }
        return ids;
    }

    private static byte[] readChunk(InputStream in) throws IOException {
        byte[] chunk = in.readNBytes(Integer.parseInt(readLine(in), 16));
        readLine(in);
        return chunk;
    }

    private static String readLine(InputStream in) throws IOException {
        StringBuilder line = new StringBuilder();
        for (int read = in.read(); read >= 0 && read != '\n'; read = in.read()) {
            if (read != '\r') {
                line.append((char) read);
            }
        }
        return line.toString();
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}

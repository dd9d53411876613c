package org.voyage.kittest;

import java.io.BufferedInputStream;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.zip.GZIPInputStream;
import java.util.zip.InflaterInputStream;

/**
 * Minimal HTTP/1.1 client with one connection per request. A normal client would refuse to send the requests of this
 * test.
 */
record ApiFuzzHttpClient(String host, int port) {
    private static final int PATIENCE_MILLIS = 20_000;
    private static final int MAX_IGNORED_BODY_BYTES = 65_536;

    ApiFuzzAnswer sendRequest(ApiFuzzRequest request) throws IOException {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(host, port), PATIENCE_MILLIS);
            socket.setSoTimeout(PATIENCE_MILLIS);
            boolean whole = writeRequest(request, socket.getOutputStream());
            try {
                return readAnswer(new BufferedInputStream(socket.getInputStream()), request.method());
            } catch (SocketException e) {
                if (!whole || request.body().length > MAX_IGNORED_BODY_BYTES) {
                    return new ApiFuzzAnswer(0, Map.of(), new byte[0]);
                }
                throw e;
            }
        }
    }

    private boolean writeRequest(ApiFuzzRequest request, OutputStream out) {
        StringBuilder head = new StringBuilder(request.method() + " " + request.target() + " HTTP/1.1\r\n");
        head.append("Host: ").append(host).append(':').append(port).append("\r\nConnection: close\r\n");
        request.headers()
                .forEach((name, value) ->
                        head.append(name).append(": ").append(value).append("\r\n"));
        if (request.body().length > 0 || !request.method().equals("GET")) {
            head.append("Content-Length: ").append(request.body().length).append("\r\n");
        }
        try {
            out.write(head.append("\r\n").toString().getBytes(StandardCharsets.UTF_8));
            out.write(request.body());
            out.flush();
            return true;
        } catch (IOException e) {
            // The service may answer and close the connection before it has read an unwanted body.
            return false;
        }
    }

    private static ApiFuzzAnswer readAnswer(InputStream in, String method) throws IOException {
        String statusLine = readLine(in);
        if (statusLine.length() < 12) {
            throw new IOException("no answer but \"" + statusLine + "\"");
        }
        Map<String, String> headers = new LinkedHashMap<>();
        for (String line = readLine(in); !line.isEmpty(); line = readLine(in)) {
            int colon = line.indexOf(':');
            headers.put(
                    line.substring(0, colon).toLowerCase(Locale.ROOT),
                    line.substring(colon + 1).strip());
        }
        int status = Integer.parseInt(statusLine.substring(9, 12));
        // An event stream has no end: its head is its answer.
        boolean endless = headers.getOrDefault("content-type", "").startsWith("text/event-stream");
        byte[] body = endless || method.equals("HEAD") || status == 204 || status == 304
                ? new byte[0]
                : headers.getOrDefault("transfer-encoding", "").contains("chunked")
                        ? readChunks(in)
                        : in.readAllBytes();
        return new ApiFuzzAnswer(status, headers, unpack(body, headers.getOrDefault("content-encoding", "identity")));
    }

    private static byte[] unpack(byte[] body, String encoding) throws IOException {
        InputStream packed = new ByteArrayInputStream(body);
        return body.length == 0
                ? body
                : switch (encoding) {
                    case "gzip" -> new GZIPInputStream(packed).readAllBytes();
                    case "deflate" -> new InflaterInputStream(packed).readAllBytes();
                    default -> body;
                };
    }

    private static byte[] readChunks(InputStream in) throws IOException {
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        while (true) {
            int size = Integer.parseInt(readLine(in).strip(), 16);
            byte[] chunk = in.readNBytes(size);
            if (size == 0 || chunk.length < size) {
                return body.toByteArray();
            }
            body.writeBytes(chunk);
            readLine(in);
        }
    }

    private static String readLine(InputStream in) throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        for (int b = in.read(); b >= 0 && b != '\n'; b = in.read()) {
            if (b != '\r') {
                line.write(b);
            }
        }
        return line.toString(StandardCharsets.UTF_8);
    }
}

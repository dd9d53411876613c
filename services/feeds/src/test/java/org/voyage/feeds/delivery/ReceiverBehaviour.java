package org.voyage.feeds.delivery;

import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** What a receiver does after it has read a request: one sound answer, and many hostile ones. */
public enum ReceiverBehaviour {
    ACCEPTS {
        @Override
        void answer(Socket socket, ReceivedWebhook request) throws IOException {
            write(socket, "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok");
        }
    },
    REFUSES {
        @Override
        void answer(Socket socket, ReceivedWebhook request) throws IOException {
            write(socket, "HTTP/1.1 500 Oops\r\nContent-Length: 4\r\n\r\noops");
        }
    },
    REFUSES_AT_LENGTH {
        @Override
        void answer(Socket socket, ReceivedWebhook request) throws IOException {
            String text = "<script>\u0007\u001b[2J" + "no ".repeat(30_000);
            write(socket, "HTTP/1.1 422 No\r\nContent-Length: " + text.length() + "\r\n\r\n" + text);
        }
    },
    IS_UNAVAILABLE {
        @Override
        void answer(Socket socket, ReceivedWebhook request) throws IOException {
            write(socket, "HTTP/1.1 503 Later\r\nContent-Length: 0\r\n\r\n");
        }
    },
    IS_GONE {
        @Override
        void answer(Socket socket, ReceivedWebhook request) throws IOException {
            write(socket, "HTTP/1.1 410 Gone\r\nContent-Length: 0\r\n\r\n");
        }
    },
    RESETS {
        @Override
        void answer(Socket socket, ReceivedWebhook request) throws IOException {
            socket.setSoLinger(true, 0);
        }
    },
    CLOSES {
        @Override
        void answer(Socket socket, ReceivedWebhook request) {}
    },
    IS_SILENT {
        @Override
        void answer(Socket socket, ReceivedWebhook request) throws InterruptedException {
            pause(PATIENCE_MILLIS);
        }
    },
    NEVER_ENDS {
        @Override
        void answer(Socket socket, ReceivedWebhook request) throws IOException {
            write(socket, "HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\n\r\n");
            for (int i = 0; i < 100_000; i++) {
                write(socket, "again and again and again and again and again ");
            }
        }
    },
    SENDS_HUGE_HEADERS {
        @Override
        void answer(Socket socket, ReceivedWebhook request) throws IOException {
            write(socket, "HTTP/1.1 200 OK\r\n");
            for (int i = 0; i < 2000; i++) {
                write(socket, "X-" + i + ": " + "x".repeat(4000) + "\r\n");
            }
            write(socket, "Content-Length: 0\r\n\r\n");
        }
    },
    REDIRECTS {
        @Override
        void answer(Socket socket, ReceivedWebhook request) throws IOException {
            write(socket, "HTTP/1.1 302 Found\r\nLocation: http://127.0.0.1:1/\r\nContent-Length: 0\r\n\r\n");
        }
    },
    NAMES_WRONG_LENGTH {
        @Override
        void answer(Socket socket, ReceivedWebhook request) throws IOException {
            write(socket, "HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\nshort");
        }
    },
    CONTINUES_FOREVER {
        @Override
        void answer(Socket socket, ReceivedWebhook request) throws IOException, InterruptedException {
            for (int i = 0; i < 400; i++) {
                write(socket, "HTTP/1.1 102 Processing\r\n\r\n");
                pause(10);
            }
        }
    },
    DRIPS {
        @Override
        void answer(Socket socket, ReceivedWebhook request) throws IOException, InterruptedException {
            for (char each : "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok".toCharArray()) {
                write(socket, String.valueOf(each));
                pause(60);
            }
        }
    },
    SENDS_BOMB {
        @Override
        void answer(Socket socket, ReceivedWebhook request) throws IOException {
            write(socket, "HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: 10485760\r\n\r\n");
            byte[] zeros = new byte[65536];
            for (int i = 0; i < 160; i++) {
                socket.getOutputStream().write(zeros);
            }
        }
    },
    SENDS_BODY_WITH_204 {
        @Override
        void answer(Socket socket, ReceivedWebhook request) throws IOException {
            write(socket, "HTTP/1.1 204 No Content\r\nContent-Length: 7\r\n\r\nsurplus");
        }
    },
    SENDS_GARBAGE {
        @Override
        void answer(Socket socket, ReceivedWebhook request) throws IOException {
            socket.getOutputStream()
                    .write(new byte[] {0x15, 0x03, 0x01, 0x00, 0x02, 0x02, 0x28, 0x0D, 0x0A, 0x00, 0x0A});
        }
    };

    private static final int PATIENCE_MILLIS = 3000;

    /** Writes what the receiver answers; then the connection is closed. */
    abstract void answer(Socket socket, ReceivedWebhook request) throws IOException, InterruptedException;

    /** Returns whether the connection may take the next request. */
    boolean keepsConnection() {
        return this == ACCEPTS || this == REFUSES || this == SENDS_BODY_WITH_204;
    }

    private static void write(Socket socket, String text) throws IOException {
        OutputStream out = socket.getOutputStream();
        out.write(text.getBytes(StandardCharsets.ISO_8859_1));
        out.flush();
    }

    private static void pause(int millis) throws InterruptedException {
        new CountDownLatch(1).await(millis, TimeUnit.MILLISECONDS);
    }
}

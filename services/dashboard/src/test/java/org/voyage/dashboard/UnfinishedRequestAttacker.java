package org.voyage.dashboard;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

/**
 * Attacker with several addresses. It keeps many connections open, each with a request line that does not end. It opens
 * a connection again when the server has closed it.
 */
final class UnfinishedRequestAttacker implements AutoCloseable {
    private static final int ADDRESSES = 5;
    private static final Duration PAUSE = Duration.ofMillis(1);

    private final InetSocketAddress server;
    private final int number;
    private final byte[] line;
    private final Deque<SocketChannel> open = new ArrayDeque<>();
    private final AtomicInteger opened = new AtomicInteger();
    private final Thread thread;
    private volatile boolean closed;

    private UnfinishedRequestAttacker(int port, int number, int bytes) {
        this.server = new InetSocketAddress("127.0.0.1", port);
        this.number = number;
        this.line = ("GET /" + "x".repeat(bytes)).getBytes(StandardCharsets.US_ASCII);
        this.thread = Thread.ofPlatform().name("attacker").start(this::attack);
    }

    /** Begins to hold {@code number} connections with so many bytes of a request line. */
    static UnfinishedRequestAttacker start(int port, int number, int bytes) {
        return new UnfinishedRequestAttacker(port, number, bytes);
    }

    /** Returns how many connections were opened so far. */
    int countOpened() {
        return opened.get();
    }

    private void attack() {
        while (!closed) {
            SocketChannel oldest = open.size() < number ? null : open.poll();
            if (oldest == null || !sendMore(oldest)) {
                openConnection();
            } else {
                open.add(oldest);
            }
            if (open.size() >= number) {
                LockSupport.parkNanos(PAUSE.toNanos());
            }
        }
    }

    private void openConnection() {
        try {
            SocketChannel connection = SocketChannel.open();
            connection.bind(new InetSocketAddress(
                    InetAddress.getByAddress(new byte[] {127, 0, 1, (byte) (1 + opened.get() % ADDRESSES)}), 0));
            connection.connect(server);
            connection.configureBlocking(false);
            connection.write(ByteBuffer.wrap(line));
            opened.incrementAndGet();
            open.add(connection);
        } catch (IOException refused) {
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(5));
        }
    }

    /** Returns whether the connection is open. */
    private static boolean sendMore(SocketChannel connection) {
        try {
            if (connection.read(ByteBuffer.allocate(4096)) >= 0) {
                connection.write(ByteBuffer.wrap(new byte[] {'x'}));
                return true;
            }
            connection.close();
        } catch (IOException gone) {
            closeQuietly(connection);
        }
        return false;
    }

    private static void closeQuietly(SocketChannel connection) {
        try {
            connection.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() throws InterruptedException {
        closed = true;
        thread.join();
        open.forEach(UnfinishedRequestAttacker::closeQuietly);
    }
}

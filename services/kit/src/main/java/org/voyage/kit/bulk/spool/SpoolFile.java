package org.voyage.kit.bulk.spool;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.NonWritableChannelException;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import javax.crypto.Cipher;
import javax.crypto.CipherOutputStream;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/**
 * The file of a batch as it lies on our disk: AES-256 in counter mode, which is as long as what was sent and can be read
 * from any place. A key is for one file that is written once, so the counter begins at zero. It keeps a secret; it does
 * not show whether somebody has written to the disk.
 */
public final class SpoolFile {
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final int KEY_BYTES = 32;
    private static final int BLOCK_BYTES = 16;

    private final Path path;
    private final byte @Nullable [] key;

    /** @param key null for a file that lies there as it was sent */
    public SpoolFile(Path path, byte @Nullable [] key) {
        this.path = path;
        this.key = key;
    }

    public static byte[] newKey() {
        var key = new byte[KEY_BYTES];
        RANDOM.nextBytes(key);
        return key;
    }

    /** What is written from the beginning of the file, on its way to the disk. */
    public OutputStream encrypt(OutputStream disk) {
        return key == null ? disk : new CipherOutputStream(disk, createCipher(key, 0));
    }

    public InputStream openStream() throws IOException {
        return Channels.newInputStream(openChannel());
    }

    /** What was sent, to be read from any place. */
    public SeekableByteChannel openChannel() throws IOException {
        return new DecryptingChannel(new RandomAccessFile(path.toFile(), "r"), key);
    }

    /** Hides and shows alike. */
    private static Cipher createCipher(byte[] key, long position) {
        try {
            var counter = ByteBuffer.allocate(BLOCK_BYTES).putLong(Long.BYTES, position / BLOCK_BYTES);
            var cipher = Cipher.getInstance("AES/CTR/NoPadding");
            cipher.init(Cipher.ENCRYPT_MODE, new SecretKeySpec(key, "AES"), new IvParameterSpec(counter.array()));
            cipher.update(new byte[(int) (position % BLOCK_BYTES)]);
            return cipher;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Unlike other channels of files this one is not closed under a thread that is interrupted. */
    private static final class DecryptingChannel implements SeekableByteChannel {
        private final RandomAccessFile disk;
        private final byte @Nullable [] key;
        private @Nullable Cipher cipher;
        /** Where the cipher stands. */
        private long at;

        private boolean open = true;

        DecryptingChannel(RandomAccessFile disk, byte @Nullable [] key) {
            this.disk = disk;
            this.key = key;
        }

        /** @param target one that lies on an array */
        @Override
        public int read(ByteBuffer target) throws IOException {
            long position = disk.getFilePointer();
            int from = target.arrayOffset() + target.position();
            int read = disk.read(target.array(), from, target.remaining());
            if (read > 0) {
                decrypt(position, target.array(), from, read);
                target.position(target.position() + read);
            }
            return read;
        }

        private void decrypt(long position, byte[] bytes, int from, int length) {
            if (key == null) {
                return;
            }
            if (cipher == null || position != at) {
                cipher = createCipher(key, position);
            }
            try {
                cipher.update(bytes, from, length, bytes, from);
            } catch (GeneralSecurityException e) {
                throw new IllegalStateException(e);
            }
            at = position + length;
        }

        @Override
        public long position() throws IOException {
            return disk.getFilePointer();
        }

        @Override
        public SeekableByteChannel position(long position) throws IOException {
            disk.seek(position);
            return this;
        }

        @Override
        public long size() throws IOException {
            return disk.length();
        }

        @Override
        public boolean isOpen() {
            return open;
        }

        @Override
        public void close() throws IOException {
            open = false;
            disk.close();
        }

        @Override
        public int write(ByteBuffer source) {
            throw new NonWritableChannelException();
        }

        @Override
        public SeekableByteChannel truncate(long size) {
            throw new NonWritableChannelException();
        }
    }
}

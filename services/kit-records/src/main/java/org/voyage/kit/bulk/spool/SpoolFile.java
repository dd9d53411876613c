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
 * The file of a batch on the local disk: AES-256 in counter mode, which keeps the length of the upload and allows
 * reading from any position. A key is for one file that is written once, so the counter begins at zero. The encryption
 * keeps the file secret; it does not reveal changes made on the disk.
 */
public final class SpoolFile {
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final int KEY_BYTES = 32;
    private static final int BLOCK_BYTES = 16;

    private final Path path;
    private final byte @Nullable [] key;

    /** @param key null for an unencrypted file */
    public SpoolFile(Path path, byte @Nullable [] key) {
        this.path = path;
        this.key = key;
    }

    public static byte[] newKey() {
        var key = new byte[KEY_BYTES];
        RANDOM.nextBytes(key);
        return key;
    }

    /** Returns a stream that encrypts the file from its beginning and writes it to the disk. */
    public OutputStream encrypt(OutputStream disk) {
        return key == null ? disk : new CipherOutputStream(disk, createCipher(key, 0));
    }

    public InputStream openStream() throws IOException {
        return Channels.newInputStream(openChannel());
    }

    /** Opens the decrypted file, to be read from any position. */
    public SeekableByteChannel openChannel() throws IOException {
        return new DecryptingChannel(new RandomAccessFile(path.toFile(), "r"), key);
    }

    /** Creates the cipher, which encrypts and decrypts alike. */
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

    /**
     * Channel that decrypts while it reads. Unlike other file channels it is not closed when a reading thread is
     * interrupted.
     */
    private static final class DecryptingChannel implements SeekableByteChannel {
        private final RandomAccessFile disk;
        private final byte @Nullable [] key;
        private @Nullable Cipher cipher;
        /** Position of the cipher. */
        private long at;

        private boolean open = true;

        DecryptingChannel(RandomAccessFile disk, byte @Nullable [] key) {
            this.disk = disk;
            this.key = key;
        }

        /**
         * Reads decrypted bytes.
         *
         * @param target a buffer with an array
         */
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

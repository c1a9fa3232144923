package dev.ocnix.hash;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.Map;

/**
 * Nix's archive format: a file tree without times, owners and modes, in one canonical order. The format is given in figure
 * 5.2 of Eelco Dolstra's thesis and in the Nix manual, "Nix Archive (NAR) format". Trees of any depth are written without
 * recursion.
 */
public final class Nar {
    private static final int BUFFER = 1 << 16;

    private final OutputStream out;
    private final byte[] buffer = new byte[BUFFER];

    private Nar(OutputStream out) {
        this.out = out;
    }

    /**
     * The sha256 of a tree's archive: what {@code fetchFromGitHub} and its like take as {@code hash}.
     *
     * @throws IOException if a content cannot be read or has not the size that its node states
     */
    public static Sri sha256(NarNode root) throws IOException {
        MessageDigest digest = HashAlgorithm.SHA256.newDigest();
        write(root, new DigestOutputStream(OutputStream.nullOutputStream(), digest));
        return Sri.of(HashAlgorithm.SHA256, digest.digest());
    }

    /**
     * Writes a tree's archive.
     *
     * @throws IOException as {@link #sha256} does, or of {@code out}
     */
    public static void write(NarNode root, OutputStream out) throws IOException {
        BufferedOutputStream buffered = new BufferedOutputStream(out, BUFFER);
        Nar nar = new Nar(buffered);
        nar.text("nix-archive-1");
        nar.tree(root);
        buffered.flush();
    }

    private void tree(NarNode root) throws IOException {
        Deque<Iterator<Map.Entry<ByteName, NarNode>>> open = new ArrayDeque<>();
        node(root, open);
        while (!open.isEmpty()) {
            Iterator<Map.Entry<ByteName, NarNode>> entries = open.peek();
            boolean entryEnds;
            if (entries.hasNext()) {
                Map.Entry<ByteName, NarNode> entry = entries.next();
                text("entry", "(", "name");
                string(entry.getKey().bytes());
                text("node");
                entryEnds = node(entry.getValue(), open);
            } else {
                open.pop();
                text(")");
                entryEnds = !open.isEmpty();
            }
            if (entryEnds) {
                text(")");
            }
        }
    }

    /** Writes a leaf whole, or the head of a folder, which it pushes; says whether the node is complete. */
    private boolean node(NarNode node, Deque<Iterator<Map.Entry<ByteName, NarNode>>> open) throws IOException {
        text("(", "type");
        if (node instanceof NarNode.Directory directory) {
            text("directory");
            open.push(directory.children().entrySet().iterator());
            return false;
        }
        if (node instanceof NarNode.Symlink link) {
            text("symlink", "target");
            string(link.target());
        } else if (node instanceof NarNode.Regular file) {
            text("regular");
            if (file.executable()) {
                text("executable", "");
            }
            text("contents");
            content(file);
        }
        text(")");
        return true;
    }

    private void content(NarNode.Regular file) throws IOException {
        number(file.size());
        long left = file.size();
        try (InputStream in = file.content().open()) {
            int n;
            while ((n = in.read(buffer)) > 0) {
                left -= n;
                out.write(buffer, 0, n);
            }
        }
        if (left != 0) {
            throw new IOException("a file of " + file.size() + " bytes gave " + (file.size() - left));
        }
        pad(file.size());
    }

    private void text(String... strings) throws IOException {
        for (String string : strings) {
            string(string.getBytes(StandardCharsets.US_ASCII));
        }
    }

    private void string(byte[] string) throws IOException {
        number(string.length);
        out.write(string);
        pad(string.length);
    }

    private void number(long value) throws IOException {
        for (int shift = 0; shift < Long.SIZE; shift += Byte.SIZE) {
            out.write((int) (value >>> shift));
        }
    }

    private void pad(long length) throws IOException {
        for (long at = length; at % Long.BYTES != 0; at++) {
            out.write(0);
        }
    }
}

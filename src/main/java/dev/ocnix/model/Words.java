package dev.ocnix.model;

import java.io.EOFException;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.util.Collection;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.zip.ZipException;

/** Texts as parts of sentences and of command lines. */
public final class Words {
    private static final Pattern PLAIN = Pattern.compile("[A-Za-z0-9@%+=:,./_-]+");

    private Words() {}

    /** What went wrong with a file, in words: Java's own name for it says nothing to a user. */
    public static String reason(IOException failure) {
        if (failure instanceof FileSystemException of && of.getFile() != null) {
            String why = of instanceof NoSuchFileException
                    ? "does not exist"
                    : of instanceof AccessDeniedException
                            ? "may not be accessed"
                            : of instanceof FileAlreadyExistsException
                                    ? "is in the way"
                                    : Optional.ofNullable(of.getReason()).orElse("cannot be used");
            return Visible.of(of.getFile()) + ": " + Visible.of(why);
        }
        if (failure instanceof CharacterCodingException) {
            return "it is no text in UTF-8";
        }
        if (failure instanceof ZipException) {
            return "it is compressed wrongly";
        }
        return failure instanceof EOFException || failure.getMessage() == null
                ? "it ended too early"
                : Visible.of(failure.getMessage());
    }

    /** A text as one word of a shell. */
    public static String shell(String text) {
        return PLAIN.matcher(text).matches() ? text : "'" + text.replace("'", "'\\''") + "'";
    }

    /** The first {@code most} of some names, and how many more there are. */
    public static String few(Collection<String> names, int most) {
        String more = names.size() > most ? " and " + (names.size() - most) + " more" : "";
        return String.join(", ", names.stream().limit(most).toList()) + more;
    }
}

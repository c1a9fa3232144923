package dev.ocnix.model;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.util.Collection;
import java.util.Optional;

/** How sentences list what may be many. */
public final class Words {
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
            return of.getFile() + ": " + why;
        }
        return Optional.ofNullable(failure.getMessage()).orElse("it ended too early");
    }

    /** The first {@code most} of some names, and how many more there are. */
    public static String few(Collection<String> names, int most) {
        String more = names.size() > most ? " and " + (names.size() - most) + " more" : "";
        return String.join(", ", names.stream().limit(most).toList()) + more;
    }
}

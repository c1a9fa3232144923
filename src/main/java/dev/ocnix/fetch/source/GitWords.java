package dev.ocnix.fetch.source;

import dev.ocnix.model.Visible;
import dev.ocnix.model.Words;
import java.io.IOException;
import java.util.Optional;
import org.eclipse.jgit.errors.ConfigInvalidException;
import org.eclipse.jgit.errors.CorruptObjectException;
import org.eclipse.jgit.errors.MissingObjectException;
import org.eclipse.jgit.errors.PackInvalidException;
import org.eclipse.jgit.errors.RepositoryNotFoundException;

/** What went wrong with a git repository, in words for people who do not know JGit. */
final class GitWords {
    private static final int MAX_CAUSES = 20;

    private GitWords() {}

    /** The first cause that there is a word for; else what the library says, as far as it is fit to be seen. */
    static String reason(Exception failure) {
        Throwable cause = failure;
        for (int depth = 0; cause != null && depth < MAX_CAUSES; depth++) {
            Optional<String> known = known(cause);
            if (known.isPresent()) {
                return known.get();
            }
            cause = cause.getCause();
        }
        return failure instanceof IOException io
                ? Words.reason(io)
                : Visible.quoted(String.valueOf(failure.getMessage()));
    }

    private static Optional<String> known(Throwable cause) {
        if (cause instanceof RepositoryNotFoundException) {
            return Optional.of("there is no repository in it");
        }
        // JGit's own way to say that of a repository's file
        if (cause instanceof ConfigInvalidException || cause instanceof IllegalArgumentException) {
            return Optional.of("its configuration is none that git understands");
        }
        if (cause instanceof MissingObjectException missing) {
            return Optional.of("it lacks the object " + missing.getObjectId().name());
        }
        if (cause instanceof CorruptObjectException) {
            return Optional.of("an object of it is damaged");
        }
        return cause instanceof PackInvalidException ? Optional.of("a pack of it is damaged") : Optional.empty();
    }
}

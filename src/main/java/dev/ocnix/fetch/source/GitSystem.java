package dev.ocnix.fetch.source;

import java.util.concurrent.TimeUnit;
import org.eclipse.jgit.lib.Config;
import org.eclipse.jgit.storage.file.FileBasedConfig;
import org.eclipse.jgit.util.FS;
import org.eclipse.jgit.util.SystemReader;
import org.jspecify.annotations.Nullable;

/**
 * A machine without gitconfig and without environment, so that nothing of the user's or the host's reaches a hash. JGit knows
 * its machine through one static only; that static belongs to the class loader which loaded JGit, the plugin's own, so no other
 * user of JGit in the process sees this one.
 */
public final class GitSystem extends SystemReader.Delegate {
    private GitSystem(SystemReader real) {
        super(real);
    }

    /** Makes JGit see no configuration; doing it again changes nothing. */
    public static void install() {
        SystemReader current = SystemReader.getInstance();
        if (!(current instanceof GitSystem)) {
            SystemReader.setInstance(new GitSystem(current));
        }
    }

    @Override
    public @Nullable String getenv(String variable) {
        return null;
    }

    @Override
    public FileBasedConfig openUserConfig(Config parent, FS fs) {
        return new Empty(parent, fs);
    }

    @Override
    public FileBasedConfig openSystemConfig(Config parent, FS fs) {
        return new Empty(parent, fs);
    }

    @Override
    public FileBasedConfig openJGitConfig(Config parent, FS fs) {
        return new Empty(parent, fs);
    }

    private static final class Empty extends FileBasedConfig {
        /** The coarsest clock of a file system in use; FAT's. */
        private static final long RESOLUTION_SECONDS = 2;

        @SuppressWarnings("NullAway")
        Empty(Config parent, FS fs) {
            super(parent, null, fs);
        }

        @Override
        public void load() {
            // there is no file
        }

        @Override
        public void save() {
            // there is no file
        }

        @Override
        public boolean isOutdated() {
            return false;
        }

        /** Answers what JGit would otherwise measure by writing probe files into the user's repository. */
        @Override
        public long getTimeUnit(String section, String subsection, String name, long defaultValue, TimeUnit wantUnit) {
            return section.equals("filesystem")
                    ? wantUnit.convert(RESOLUTION_SECONDS, TimeUnit.SECONDS)
                    : super.getTimeUnit(section, subsection, name, defaultValue, wantUnit);
        }
    }
}

package dev.ocnix.addon;

import dev.ocnix.model.BinaryFile;
import java.util.Set;
import java.util.regex.Pattern;

/** Libraries for Android, iOS and the like, which only an application for a telephone takes from a package. */
final class MobileFiles {
    private static final Pattern ANDROID =
            Pattern.compile("(?:.*/)?(?:android[^/]*|jniLibs|arm64-v8a|armeabi|armeabi-v7a|harmony|harmonyos|ohos)/.*");
    private static final Pattern APPLE =
            Pattern.compile("(?:.*/)?(?:ios|tvos|watchos|visionos|[^/]+\\.xcframework)/.*");
    private static final Pattern SIGN = Pattern.compile(
            "[^/]+\\.podspec|react-native\\.config\\.[cm]?[jt]s|(?:.*/)?(?:android/build\\.gradle(?:\\.kts)?|android/(?:src/main/)?AndroidManifest\\.xml)");
    /** Folders of such a package for the desktop's systems, which only the same application takes. */
    private static final Set<String> DESKTOP = Set.of("macos", "windows");

    private MobileFiles() {}

    /** Whether only packages for telephones have a file of that name. */
    static boolean isSign(String path) {
        return SIGN.matcher(path).matches();
    }

    /** The file with the system that its folder tells, where the header says less. */
    static NativeFile told(NativeFile file) {
        BinaryFile binary = file.file();
        String path = binary.path();
        if (binary.os().equals("linux") && ANDROID.matcher(path).matches()) {
            return new NativeFile(on("android", binary), file.role());
        }
        if (binary.os().equals("darwin") && APPLE.matcher(path).matches()) {
            return new NativeFile(on("ios", binary), file.role());
        }
        return file;
    }

    private static BinaryFile on(String os, BinaryFile file) {
        return new BinaryFile(
                file.path(),
                file.format(),
                os,
                file.cpus(),
                file.libc(),
                file.interpreter(),
                file.needed(),
                file.runpath(),
                file.glibc(),
                file.glibcxx(),
                file.isStatic());
    }

    /**
     * Whether a file says nothing of native parts for Linux and macOS.
     *
     * @param isMobile whether the package is one for telephones
     */
    static boolean isPart(NativeFile file, boolean isMobile) {
        String path = file.file().path();
        boolean isMobiles =
                ANDROID.matcher(path).matches() || APPLE.matcher(path).matches();
        boolean isDesktops =
                file.file().os().equals("win32") || DESKTOP.contains(path.substring(0, Math.max(0, path.indexOf('/'))));
        return !path.startsWith("prebuilds/") && (isMobiles || (isMobile && isDesktops));
    }
}

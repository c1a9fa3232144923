package dev.ocnix.model;

import java.util.List;
import java.util.Optional;

/**
 * A native file inside a tarball, as its header describes it.
 *
 * @param path relative to the package's folder
 * @param format {@code elf}, {@code mach-o} or {@code pe}
 * @param os npm's name of the system it runs on: {@code linux}, {@code darwin}, {@code win32}, …
 * @param cpus npm's names; several in a universal Mach-O file, none if unknown
 * @param libc glibc or musl, where the header shows it; empty for static files
 * @param interpreter the program interpreter of an executable
 * @param needed the libraries that the loader must find, in the file's order
 * @param runpath the file's own search path
 * @param glibc the highest version of glibc's symbols that it asks for, such as {@code 2.28}
 * @param glibcxx the highest version of libstdc++'s symbols, such as {@code 3.4.29}
 * @param isStatic whether it is a program that neither a loader nor a library has to be found for
 */
public record BinaryFile(
        String path,
        String format,
        String os,
        List<String> cpus,
        Optional<String> libc,
        Optional<String> interpreter,
        List<String> needed,
        Optional<String> runpath,
        Optional<String> glibc,
        Optional<String> glibcxx,
        boolean isStatic) {
    public BinaryFile {
        cpus = List.copyOf(cpus);
        needed = List.copyOf(needed);
    }
}

package dev.ocnix.addon;

import static dev.ocnix.testing.ParserFuzz.seed;

import dev.ocnix.testing.ParserFuzz;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class BuildFileFuzzTest {
    @Test
    void damagedBindingGypIsRead() {
        ParserFuzz.run(
                "binding.gyp",
                Set.of(),
                List.of(seed("""
                        { 'targets': [ { 'target_name': 'pty', "sources": [ 'src/a.cc', "<!@(pkg-config --cflags x)" ],
                          'conditions': [ ['OS=="linux" and target_arch!="arm"', { 'libraries': [ '-lutil', '<(x)/y.a' ] },
                          { 'variables': { 'x%': 1 } }] ], # comment
                          'include_dirs': [ "<!(node -p \\"require('node-addon-api').include\\")" ], } ] }
                        """), seed("{'variables':{'a':'<!(sh -c \\'b\\')'},'includes':['c.gypi'],'targets':[]}")),
                input -> GypFile.read("binding.gyp", Map.of("binding.gyp", text(input))));
    }

    @Test
    void damagedCmakeListsAreRead() {
        ParserFuzz.run(
                "CMakeLists.txt",
                Set.of(),
                List.of(seed("""
                        cmake_minimum_required(VERSION 3.9)
                        find_package(OpenSSL 1.1 REQUIRED COMPONENTS Crypto) # so
                        if(UNIX AND NOT APPLE)
                          pkg_check_modules(GTK REQUIRED gtk+-3.0>=3.2 "glib-2.0")
                          target_link_libraries(${PROJECT_NAME} PRIVATE [==[x]==] m dl)
                        elseif(WIN32 OR (A STREQUAL "b"))
                        else()
                        endif()
                        """)),
                input -> CmakeFile.read("CMakeLists.txt", Map.of("CMakeLists.txt", text(input))));
    }

    @Test
    void damagedHeadersOfNativeFilesAreReadOrRefused() throws IOException {
        List<byte[]> seeds = new ArrayList<>();
        Path libraries = Path.of("/lib/x86_64-linux-gnu");
        if (Files.isDirectory(libraries)) {
            try (Stream<Path> files = Files.list(libraries)) {
                for (Path file : files.filter(
                                path -> path.getFileName().toString().matches("lib(util|dl|anl)\\.so\\.[0-9]"))
                        .sorted()
                        .toList()) {
                    seeds.add(Files.readAllBytes(file));
                }
            }
        }
        byte[] machO = new byte[512];
        System.arraycopy(
                new byte[] {(byte) 0xcf, (byte) 0xfa, (byte) 0xed, (byte) 0xfe, 7, 0, 0, 1, 3, 0, 0, 0, 6},
                0,
                machO,
                0,
                13);
        machO[16] = 2;
        machO[20] = 80;
        machO[32] = 0xc;
        machO[36] = 40;
        seeds.add(machO);
        byte[] pe = new byte[512];
        pe[0] = 'M';
        pe[1] = 'Z';
        pe[0x3c] = 0x40;
        pe[0x40] = 'P';
        pe[0x41] = 'E';
        pe[0x44] = 0x64;
        pe[0x45] = (byte) 0x86;
        seeds.add(pe);
        ParserFuzz.run(
                "ELF, Mach-O, PE",
                Set.of(IOException.class),
                seeds,
                input -> BinaryHeader.read("a.node", new ByteArrayInputStream(input)));
    }

    private static String text(byte[] input) {
        return new String(input, StandardCharsets.UTF_8);
    }
}

package dev.ocnix.addon;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import dev.ocnix.model.BuildFile;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class CmakeFileTest {
    private static final String PATH = "CMakeLists.txt";

    private static BuildFile read(String text) {
        return CmakeFile.read(PATH, Map.of(PATH, text));
    }

    @Test
    void whatIsLookedForIsFoundUnderTheConditionsOfTheSystem() {
        BuildFile file = read("""
                cmake_minimum_required(VERSION 3.15) # a ( in a comment
                #[[ a longer
                find_package(Nothing REQUIRED) ]]
                find_package(OpenSSL 3 REQUIRED COMPONENTS SSL)
                FIND_PACKAGE(Doxygen QUIET)
                find_package(PkgConfig REQUIRED)
                pkg_check_modules(GTK REQUIRED IMPORTED_TARGET gtk+-3.0 "webkit2gtk-4.1>=2.40")
                find_library(SODIUM NAMES sodium libsodium HINTS /x REQUIRED)
                find_library(OWN it PATHS ${CMAKE_SOURCE_DIR}/lib)
                set(LIBS asound ${MORE})
                list(APPEND LIBS -lpcap)
                add_library(${PROJECT_NAME} SHARED a.cc)
                add_library(inner STATIC b.cc)
                if(WIN32)
                  target_link_libraries(${PROJECT_NAME} ws2_32)
                elseif(UNIX AND NOT APPLE)
                  target_link_libraries(${PROJECT_NAME} PRIVATE inner ${LIBS} OpenSSL::SSL $<TARGET_FILE:x>)
                  if(CMAKE_SYSTEM_NAME MATCHES "Linux|FreeBSD")
                    target_link_libraries(${PROJECT_NAME} udev)
                  else()
                    target_link_libraries(${PROJECT_NAME} usb-1.0)
                  endif()
                else()
                  target_link_libraries(${PROJECT_NAME} "-framework IOKit" /usr/local/lib/libcurl.dylib)
                endif()
                include_directories(/usr/include/libxml2 ${CMAKE_JS_INC})
                """);
        assertEquals(
                new TreeSet<>(List.of(
                        "-I/usr/include/libxml2",
                        "-lpcap",
                        "find_library(asound OPTIONAL)",
                        "find_library(sodium libsodium)",
                        "find_library(udev OPTIONAL)",
                        "find_package(Doxygen OPTIONAL)",
                        "find_package(OpenSSL)",
                        "find_package(PkgConfig)",
                        "gtk+-3.0",
                        "webkit2gtk-4.1")),
                new TreeSet<>(file.linux()));
        assertEquals(
                new TreeSet<>(List.of(
                        "-I/usr/include/libxml2",
                        "-lcurl",
                        "find_library(sodium libsodium)",
                        "find_package(Doxygen OPTIONAL)",
                        "find_package(OpenSSL)",
                        "find_package(PkgConfig)",
                        "gtk+-3.0",
                        "webkit2gtk-4.1")),
                new TreeSet<>(file.darwin()));
        LibraryMap libraries = LibraryMap.load();
        assertEquals(
                List.of("alsa-lib", "gtk3", "libpcap", "libsodium", "libxml2", "openssl", "udev", "webkitgtk_4_1"),
                List.copyOf(libraries.forCompile(file.linux())));
        assertEquals(List.of(), libraries.unknown(file.linux()));
        assertEquals(
                List.of("find_package(Unheard)"),
                libraries.unknown(read("find_package(Unheard REQUIRED)\nfind_package(Other)")
                        .linux()));
    }

    @Test
    void foldersThatAreAddedCountAndWhatIsFetchedOrMissingIsTold() {
        BuildFile file = CmakeFile.read(
                PATH,
                Map.of(
                        PATH,
                        "add_subdirectory(vendor/a)\nadd_subdirectory(deps/gone)\nFetchContent_Declare(b URL https://x)\ntarget_link_libraries(it a)",
                        "vendor/a/CMakeLists.txt",
                        "add_library(a STATIC a.c)\nfind_package(ZLIB REQUIRED)"));
        assertEquals(List.of("find_package(ZLIB)"), file.linux());
        assertEquals(
                List.of(
                        "add_subdirectory(deps/gone), which is not in the package",
                        "fetchcontent_declare(b), which fetches sources"),
                file.unknown());
        assertEquals(true, CmakeFile.fetches(file));
    }

    @Test
    void whatIsNoProjectHasNoLibraries() {
        for (String text : List.of(
                "",
                "(",
                "if(",
                "if((((",
                "find_package",
                "find_package()",
                "\"",
                "[[",
                "else() endif() endif() elseif(",
                "if(" + "(".repeat(100_000),
                "a(" + "x ".repeat(200_000) + ")",
                "if(A)\n".repeat(50_000),
                "set(A ${A} ${A})\ntarget_link_libraries(x ${A})".repeat(500))) {
            assertTimeoutPreemptively(
                    Duration.ofSeconds(5),
                    () -> assertEquals(List.of(), read(text).linux()));
        }
    }
}

package dev.ocnix.addon;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import dev.ocnix.model.BuildFile;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class GypFileTest {
    private static List<String> libraries(String gyp) {
        return GypFile.read("binding.gyp", Map.of("binding.gyp", gyp)).linux();
    }

    @Test
    void flagsAndModulesAreFoundOutsideOtherSystemsConditions() {
        assertEquals(List.of("-lgif", "-lutil", "cairo", "libsecret-1"), libraries("""
                # a comment with { and '
                {
                  'targets': [{
                    'target_name': 'x',
                    'include_dirs': ["<!(node -p \\"require('node-addon-api').include_dir\\")"],
                    'libraries': ['<!@(pkg-config --libs libsecret-1)', '-lgif'],
                    'conditions': [
                      ['OS=="win"', {'libraries': ['-lwin']}, {'libraries': ['-lutil'],}],
                      ['OS!="linux"', {'libraries': ['-lnot']}],
                      ["OS=='mac' or OS=='solaris'", {'libraries': ['-lmac']}],
                      ['OS=="linux"', {'include_dirs': ['<!@(pkg-config cairo --cflags-only-I | sed s/-I//g)']}],
                    ],
                    'xcode_settings': {'OTHER_LDFLAGS': ['-lxcode']},
                  },],
                }
                """));
    }

    @Test
    void aConditionThatCannotBeDecidedCountsBothWays() {
        assertEquals(
                List.of("-la", "-lb"),
                libraries("{'targets':[{'conditions':[['with_a==1',{'libraries':['-la']},{'libraries':['-lb']}]]}]}"));
        assertEquals(
                List.of(), libraries("{'targets':[{'conditions':[['OS==\"mac\" and x==1',{'libraries':['-la']}]]}]}"));
    }

    @Test
    void whatIsNoGypFileHasNoLibraries() {
        for (String text :
                List.of("", "{", "}", "{'a'", "'-lx'@", "import os", "[".repeat(100_000), "{'a':'b'}{'c':'d'}")) {
            assertTimeoutPreemptively(Duration.ofSeconds(5), () -> assertEquals(List.of(), libraries(text)));
        }
    }

    private static BuildFile both(String gyp) {
        return GypFile.read("binding.gyp", Map.of("binding.gyp", gyp));
    }

    @Test
    void macOsIsReadByItsOwnConditions() {
        BuildFile facts = both("""
                {'targets': [{'conditions': [
                  ['OS not in ["mac", "win"]', {'libraries': ['-lposix']}],
                  ['(OS=="mac" or OS=="linux") and not OS=="linux"', {'libraries': ['-lapple']}],
                  ['"<(OS)" in "linux freebsd"', {'libraries': ['-la']}, {'libraries': ['-lb']}],
                  ['OS=="linux"', {'conditions': [['driver=="x"', {'libraries': ['-lx']}, 'OS=="mac"', {}, {'libraries': ['-ly']}]]}],
                ], 'xcode_settings': {'OTHER_LDFLAGS': ['-lxcode']}}],
                'target_defaults': {'target_conditions': [['_type=="x" and OS=="win"', {'libraries': ['-lwin']}]]}}""");
        assertEquals(List.of("-la", "-lposix", "-lx", "-ly"), facts.linux());
        assertEquals(List.of("-lapple", "-lb", "-lxcode"), facts.darwin());
        assertEquals(List.of(), facts.unknown());
    }

    @Test
    void pythonsWaysToWriteATextAreUnderstood() {
        assertEquals(
                List.of("-labc", "-ld"),
                libraries("{'variables': {'d%': 'd'}, 'targets': [{'libraries': ['-la' \"b\" + 'c', QQQ-l<(d)QQQ,],}],}"
                        .replace("QQQ", "'".repeat(3))));
    }

    @Test
    void filesThatAreIncludedAreReadAndThoseMissingAreTold() {
        BuildFile facts = GypFile.read(
                "src/binding.gyp",
                Map.of(
                        "src/binding.gyp",
                        "{'includes': ['./common.gypi'], 'targets': [{'dependencies': ['deps/z.gyp:z', 'own', 'gone.gyp:g']}]}",
                        "src/common.gypi",
                        "{'libraries': ['-lc1']}",
                        "src/deps/z.gyp",
                        "{'targets': [{'link_settings': {'libraries': ['-lz1']}}]}"));
        assertEquals(List.of("-lc1", "-lz1"), facts.linux());
        assertEquals(List.of("src/gone.gyp is not in the package"), facts.unknown());
        assertEquals("src", facts.directory());
    }

    @Test
    void fixedPathsAndFlagsUnderConditionsAreFound() {
        BuildFile facts = both("""
                {'targets': [{
                  'variables': {'pkg-config': 'pkg-config'},
                  'include_dirs': ['/usr/include', '/usr/include/avahi-compat-libdns_sd/', 'src', '/usr/include/node'],
                  'libraries': ['-lsystemd', '/usr/lib/x86_64-linux-gnu/libpcap.so', '<!(cups-config --libs)'],
                  'conditions': [
                    ['OS!="linux"', {'libraries/': [['exclude', '-lsystemd$']], 'libraries!': ['-lgone']}],
                    ["OS in 'linux freebsd'.split()", {
                      'cflags': ['-O2 -I/usr/include/libxml2', '-I/opt/homebrew/opt/openssl@3/include'],
                      'link_settings': {'ldflags': ['-L/usr/lib/x'], 'libraries': ['<!@(<(pkg-config) --libs x11 xext)', '-Wl,-lusb-1.0']},
                    }],
                    ['OS=="linux" and target_arch=="arm"', {'link_settings': {'libraries': ['-lasound -lpthread']}}],
                  ],
                }]}""");
        assertEquals(
                List.of(
                        "-I/opt/homebrew/opt/openssl@3/include",
                        "-I/usr/include/avahi-compat-libdns_sd",
                        "-I/usr/include/libxml2",
                        "-I/usr/include/node",
                        "-lasound",
                        "-lpcap",
                        "-lpthread",
                        "-lsystemd",
                        "-lusb-1.0",
                        "cups-config",
                        "x11",
                        "xext"),
                facts.linux());
        assertEquals(
                List.of(
                                "avahi-compat",
                                "alsa-lib",
                                "cups",
                                "libpcap",
                                "libusb1",
                                "libx11",
                                "libxext",
                                "libxml2",
                                "openssl",
                                "systemd")
                        .stream()
                        .sorted()
                        .toList(),
                List.copyOf(LibraryMap.load().forCompile(facts.linux())));
        assertEquals(List.of(), LibraryMap.load().unknown(facts.linux()));
        assertEquals(
                List.of("-I/usr/include/unheard/of"),
                LibraryMap.load().unknown(libraries("{'include_dirs': ['/usr/include/unheard/of']}")));
    }

    @Test
    void whatIsNotUnderstoodIsTold() {
        BuildFile facts = both("""
                {'targets': [{
                  'include_dirs': ['<!(node -p "require(\\'nan\\')")', '<!@(node find.js --dirs)', '<!(curl-config --cflags)'],
                  'libraries': ['-l<(which)'],
                  'conditions': [['OS=="linux" ? 1', {'libraries': ['-lmaybe']}]],
                }]}""");
        assertEquals(List.of("-lmaybe", "curl-config"), facts.linux());
        assertEquals(
                List.of("the command node find.js --dirs", "the condition OS==\"linux\" ? 1", "the library -l<(which)"),
                facts.unknown());
        assertEquals(
                List.of("binding.gyp is no literal that we can read"),
                both("{'a': f(x)").unknown());
    }
}

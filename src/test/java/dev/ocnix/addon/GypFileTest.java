package dev.ocnix.addon;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

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
}

package dev.ocnix.lockfile.text;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ocnix.lockfile.LockfileException;
import dev.ocnix.lockfile.LockfileReader;
import dev.ocnix.model.Bin;
import dev.ocnix.model.Constraint;
import dev.ocnix.model.Dependency;
import dev.ocnix.model.DependencyKind;
import dev.ocnix.model.LockedPackage;
import dev.ocnix.model.Lockfile;
import dev.ocnix.model.OcnixException;
import dev.ocnix.model.OverrideRule;
import dev.ocnix.model.PlacementKey;
import dev.ocnix.model.Resolution;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TextLockfileReaderTest {
    private static final String SHA512 =
            "sha512-CQpnWPrDwmP1+SMHXZhtLtJv90yiyVfluGsX5iNCVkrhQtU3TQHsUWPG9wkdk9Lgd5yNpAg9jQEo90CBaXgWMA==";
    private static final String OTHER_SHA512 =
            "sha512-41Cifkg6e8TylSpdtTpeLVMqvSBEVzTttHvERD741+pnZ8ANv0004MRL43QKPDlK9cGvNp6NZWZUBlbGXYxxng==";

    @Test
    void everythingThatBunsJsonAllowsIsRead() throws Exception {
        Lockfile lockfile = read("\ufeff// a comment\r\n{ /* another */ 'lockfileVersion': 0x1,\r\n"
                + "\"configVersion\": 1e0, 'workspaces': { '': { 'name': 'it\\'s \\u00e9\\ud83d\\ude00', }, },"
                + "'packages': { '\\u0061': ['a@1.0.0', '', {}, ''], }, 'future': [1.5, -2, null, true, [],], }\n"
                + "// the end\n");
        assertEquals(Optional.of("it's é😀"), lockfile.root().name());
        assertEquals(Set.of(key("a")), lockfile.placements().keySet());
        assertEquals(OptionalInt.of(1), lockfile.configVersion());
        assertEquals(List.of(), lockfile.warnings());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{ # no comment }                        | line 1, column 3: a key in quotes is missing",
                "{ lockfileVersion: 1 }                 | line 1, column 3: a key in quotes is missing",
                "{ \"a\": 1,, }                         | line 1, column 10: a key in quotes is missing",
                "{ \"a\": [1,,] }                       | line 1, column 11: there is no valid JSON value here",
                "{ \"a\" 1 }                            | line 1, column 7: a colon is missing after a key",
                "{ \"a\": 1 \"b\": 2 }                  | line 1, column 10: a comma or } is missing",
                "{ \"a\": NaN }                         | line 1, column 8: there is no valid JSON value here",
                "{ \"a\": 01x }                         | line 1, column 8: there is no valid JSON value here",
                "{ \"a\": \"b                           | line 1, column 8: a string does not end",
                "{ \"a\": \"\\x41\" }                   | line 1, column 10: an escape that JSON does not have",
                "{ \"a\": \"\\u00g1\" }                 | line 1, column 13: \\u needs four hexadecimal digits",
                "{ /* \"a\": 1 }                        | line 1, column 3: a comment does not end",
                "{ \"a\": [                             | line 1, column 9: the file ends where a value should be",
                "{ \"a\": 1,                            | line 1, column 10: the file ends inside an object",
                "[]                                     | line 1, column 1: the lockfile is an array and should be an obj",
                "// nothing                             | line 1, column 1: the file is empty",
            })
    void whatBunRefusesIsRefusedWithItsPlace(String text, String problem) {
        assertProblem(text.strip(), problem);
    }

    @ParameterizedTest
    @ValueSource(strings = {"\n", "\r", "\0"})
    void rawLineBreaksInStringsAreRefused(String raw) {
        assertProblem("{ 'a': 'b" + raw + "' }", "line 1, column 10: a string holds a raw line break or NUL");
    }

    @Test
    void utf16IsNoLockfile() {
        byte[] utf16 = "{ \"lockfileVersion\": 1 }".getBytes(StandardCharsets.UTF_16);
        OcnixException e = assertThrows(OcnixException.class, () -> LockfileReader.read("bun.lock", utf16));
        assertTrue(e.getMessage().startsWith("bun.lock, line 1, column 1: "), e::getMessage);
    }

    @Test
    void deepNestingIsRefusedWithoutAStackOverflow() {
        assertProblem("{ 'a': " + "[".repeat(100_000), "line 1, column 71: nested deeper than 64 levels");
    }

    @Test
    void linesAreCountedAndTheMessageSaysWhatToDo() {
        assertEquals(
                "bun.lock, line 3, column 1: a key in quotes is missing; restore the file from version control,"
                        + " or write it anew with `bun install`.",
                problem("{\r\n\"a\": 1,\n# }"));
    }

    @Test
    void trailingTextAndRepeatedKeysAreTolerated() throws Exception {
        Lockfile lockfile = read("{ 'lockfileVersion': 1, 'workspaces': { '': {} }, 'lockfileVersion': 9 }\nmore");
        assertEquals(
                List.of(
                        "bun.lock, line 2, column 1: what follows the end of the lockfile does not count.",
                        "bun.lock, line 1, column 51: \"lockfileVersion\" occurs twice; the first one counts."),
                lockfile.warnings());
    }

    @Test
    void aNewerVersionIsNamedWithWhatIsSupported() {
        assertEquals(
                "bun.lock, line 1, column 3: lockfileVersion 4 is newer than the supported versions 0 to 3;"
                        + " use a newer ocnix, or lock the project with a Bun release that writes one of these.",
                problem("{ 'lockfileVersion': 4 }"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{}                                           | lockfileVersion is missing",
                "{ 'lockfileVersion': '1' }                   | lockfileVersion is a string and should be a whole number",
                "{ 'lockfileVersion': 1.5 }                   | lockfileVersion is a number and should be a whole number",
                "{ 'lockfileVersion': 1 }                     | workspaces is missing",
                "{ 'lockfileVersion': 1, 'workspaces': {} }   | the root, \"\", is missing in workspaces",
                "'configVersion': -1                          | configVersion is a number and should be a whole number",
                "'trustedDependencies': {}                    | trustedDependencies is an object and should be an array",
                "'overrides': { '': '1' }                     | an empty name in overrides",
                "'overrides': { 'a': { 'b': { 'c': '1' } } }  | \"b\" in a nested override is an object",
                "'catalog': { '': '1' }                       | an empty name in a catalog",
                "'catalogs': { 'a': [] }                      | a catalog is an array and should be an object",
                "'patchedDependencies': { 'a@1': '../a' }     | the patch \"../a\" is no path inside the project",
                "'patchedDependencies': { 'a@1': '/etc/a' }   | the patch \"/etc/a\" is no path inside the project",
                "'packages': []                               | packages is an array and should be an object",
            })
    void wrongShapesAreRefused(String text, String problem) {
        assertProblem(text.startsWith("{") ? text : root(text), problem);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "'a': {}                                       | line 1, column 70, package \"a\": the entry is an object and should be an array",
                "'a': []                                       | package \"a\": the entry lacks name@resolution",
                "'a': ['a']                                    | \"a\" should be name@resolution",
                "'a': ['a@1.0.0']                              | package \"a\": the entry lacks the info object",
                "'a': ['a@1.0.0', '', {}]                      | package \"a\": the entry lacks the integrity",
                "'a': ['a@1.0.0', '', '', '']                  | the info object is a string and should be an object",
                "'a': ['a@1.0', '', {}, '']                    | \"1.0\" is no resolution that Bun writes",
                "'a': ['a@^1.0.0', '', {}, '']                 | \"^1.0.0\" is no resolution that Bun writes",
                "'a': ['../a@1.0.0', '', {}, '']               | \"../a\" is no package name",
                "'a': ['a@git+https://h/r.git#1', {}]          | package \"a\": the entry lacks Bun's tag of the commit",
                "'a': ['a@workspace:packages/a']               | the workspace \"packages/a\" is not among the workspaces",
                "'a': ['a@github:owner#1', {}, 'x']            | is no resolution that Bun writes",
                "'a': ['a@1.0.0', '', { 'bin': {} }, '']       | bin is an object without commands",
                "'a': ['a@1.0.0', '', { 'os': 1 }, '']         | os is a number and should be an array",
                "'a': ['a@1.0.0', '', { 'dependencies': { '../b': '1' } }, ''] | \"../b\" is no name that a package",
                "'a': ['a@1.0.0', '', { 'dependencies': { 'b': 1 } }, '']      | \"b\" in dependencies is a number",
                "'a/../b': ['b@1.0.0', '', {}, '']             | \"a/../b\" is no path of package names",
                "'@a': ['b@1.0.0', '', {}, '']                 | \"@a\" is no path of package names",
                "'a//b': ['b@1.0.0', '', {}, '']               | \"a//b\" is no path of package names",
                "'a\\\\b': ['b@1.0.0', '', {}, '']             | is no path of package names",
                "'a': ['a@file:\\u0000x', {}]                  | name@resolution holds a control character",
            })
    void wrongEntriesAreRefused(String entry, String problem) {
        assertProblem(root("'packages': { " + entry + " }"), problem);
    }

    @Test
    void aPlaceThatOccursTwiceIsRefused() {
        assertEquals(
                "bun.lock, line 3, column 1, package \"a\": \"a\" occurs twice in packages;"
                        + " remove one of the two entries or write the file anew with `bun install`.",
                problem(root("'packages': {\n'a': ['a@1.0.0', '', {}, ''],\n'a': ['a@1.0.0', '', {}, ''] }")));
    }

    @Test
    void entriesOfOnePackageThatDisagreeAreRefused() {
        assertEquals(
                "bun.lock, line 3, column 1, \"b\": x@1.0.0 has " + OTHER_SHA512
                        + " from https://example.org/x.tgz here, but " + SHA512
                        + " from the default registry at line 2, column 1, \"a\"; restore the file from version control,"
                        + " or write it anew with `bun install`.",
                problem(root("'packages': {\n'a': ['x@1.0.0', '', {}, '" + SHA512
                        + "'],\n'b': ['x@1.0.0', 'https://example.org/x.tgz', {}, '" + OTHER_SHA512 + "'] }")));
    }

    @Test
    void entriesOfOnePackageThatAgreeAreOnePackage() throws Exception {
        Lockfile lockfile = read(root("'packages': { 'a': ['x@1.0.0', '', {}, '" + SHA512 + "'], 'a/b': ['x@1.0.0',"
                + " 'https://registry.npmjs.org/x/-/odd.tgz', { 'bundled': true }, '" + SHA512 + "'] }"));
        assertEquals(1, lockfile.packages().size());
        assertEquals(false, lockfile.placements().get(key("a")).bundled());
        assertEquals(true, lockfile.placements().get(key("a/b")).bundled());
    }

    @Test
    void aMissingDependencyIsRefused() {
        assertEquals(
                "bun.lock, line 1, column 95, package \"a/b\": its dependency \"c\" is not in packages; restore the file from version control,"
                        + " or write it anew with `bun install`.",
                problem(root("'packages': { 'a': ['a@1.0.0', '', {}, ''],"
                        + " 'a/b': ['b@1.0.0', '', { 'dependencies': { 'a': '1', 'c': '1' } }, ''] }")));
    }

    /** Bun 1.2 and 1.3 refuse such a file; 1.4, which alone reads version 2, does not. */
    @Test
    void aMissingPeerIsRefusedBeforeVersionTwo() throws Exception {
        String text = root("'packages': { 'a': ['a@1.0.0', '', { 'peerDependencies': { 'b': '1' } }, ''] }");
        assertProblem(text, "package \"a\": its dependency \"b\" is not in packages");
        assertEquals(
                1,
                read(text.replace("'lockfileVersion': 1", "'lockfileVersion': 2"))
                        .packages()
                        .size());
    }

    @Test
    void aMissingOptionalDependencyOrPeerIsFine() throws Exception {
        LockedPackage found = only("['a@1.0.0', '', { 'optionalDependencies': { 'b': '1' }, 'peerDependencies':"
                + " { 'c': '2' }, 'optionalPeers': ['c'] }, '']");
        assertEquals(
                List.of(
                        new Dependency("b", "1", DependencyKind.OPTIONAL),
                        new Dependency("c", "2", DependencyKind.OPTIONAL_PEER)),
                found.dependencies());
    }

    @Test
    void aMalformedIntegrityIsRefused() {
        String digest = "A".repeat(86) + "==";
        for (String text : List.of(
                "sha512-AAAA",
                "SHA512-" + digest,
                "sha512-" + digest.replace('A', '_'),
                "sha512-" + "0a".repeat(64),
                "sha1-" + "A".repeat(27) + "= sha512-AAAA",
                "SHA512-" + digest + " sha1-" + "A".repeat(27) + "=",
                "md5-" + "A".repeat(22) + "==",
                " ")) {
            LockfileException refusal = assertThrows(
                    LockfileException.class,
                    () -> read(root("'packages': {\n'a': ['a@1.0.0', '', {}, '" + text + "'] }")),
                    text);
            assertTrue(refusal.getMessage().contains("the integrity is malformed"), refusal.getMessage());
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "git+https://h/r.git#0a1b    | Git[url=https://h/r.git, commit=0a1b]",
                "git+ssh://git@h:o/r.git#0a1b | Git[url=git@h:o/r.git, commit=0a1b]",
                "git+ssh://git@h:22/r.git#0a | Git[url=ssh://git@h:22/r.git, commit=0a]",
                "git+ssh://git@h/r.git#0a    | Git[url=ssh://git@h/r.git, commit=0a]",
                "git://h/r#x#0a              | Git[url=git://h/r#x, commit=0a]",
                "github:o.x/r.y#abc1234      | GitHub[owner=o.x, repo=r.y, committish=abc1234]",
            })
    void commitsAreRead(String resolution, String expected) throws Exception {
        assertEquals(
                expected,
                only("['x@" + resolution + "', {}, 'tag']").resolution().toString());
        assertEquals(
                resolution,
                only("['x@" + resolution + "', {}, 'tag', '" + SHA512 + "']")
                        .id()
                        .resolution());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "file:../x             | Folder[path=../x]",
                "link:../x             | Link[target=../x]",
                "../a/x.tar.gz         | LocalTarball[path=../a/x.tar.gz]",
                "X.TGZ                 | LocalTarball[path=X.TGZ]",
                "https://h/x.tgz?a=b   | RemoteTarball[url=https://h/x.tgz?a=b]",
            })
    void otherSourcesAreRead(String resolution, String expected) throws Exception {
        assertEquals(
                expected, only("['@s/x@" + resolution + "', {}]").resolution().toString());
    }

    @ParameterizedTest
    @ValueSource(strings = {"1.0.4294967295", "20240805.2241043.4294967294", "1.2.3-rc.1+build.5", "0.0.0-x"})
    void versionsAreRead(String version) throws Exception {
        LockedPackage found = only("['x@" + version + "', 'https://h/x.tgz', {}, '']");
        assertEquals(new Resolution.Npm(version, Optional.of("https://h/x.tgz")), found.resolution());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "'linux'                  | linux",
                "['linux', 'darwin']      | darwin linux",
                "['!win32', '!android']   | aix darwin freebsd linux openbsd sunos",
                "'none'                   | ``",
                "['haiku']                | ``",
                "['haiku', 'linux']       | linux",
                "['linux', '!darwin']     | linux",
                "'any'                    | everything",
                "[]                       | everything",
                "'!haiku'                 | everything",
            })
    void platformsAreExpanded(String os, String expected) throws Exception {
        Constraint constraint =
                only("['x@1.0.0', '', { 'os': " + os + " }, '']").os();
        assertEquals(
                expected.equals("everything")
                        ? Constraint.unrestricted()
                        : Constraint.only(expected.isEmpty() ? Set.of() : Set.of(expected.split(" "))),
                constraint);
    }

    @Test
    void silenceMeansSomethingSinceVersionTwo() throws Exception {
        LockedPackage old = only("['x@1.0.0', '', {}, '']");
        assertEquals(Constraint.unspecified(), old.libc());
        assertEquals(Optional.empty(), old.installScript());
        LockedPackage current = read(root("'packages': { 'x': ['x@1.0.0', '', {}, ''] }")
                        .replace("'lockfileVersion': 1", "'lockfileVersion': 2"))
                .packages()
                .values()
                .iterator()
                .next();
        assertEquals(Constraint.unrestricted(), current.libc());
        assertEquals(Optional.of(false), current.installScript());
    }

    @Test
    void membersOfVersionZeroHaveTheirCommandsInPackages() throws Exception {
        Lockfile lockfile = read("""
                { 'lockfileVersion': 0,
                  'workspaces': { '': { 'dependencies': { 'a': 'packages/a' } }, 'packages/a': { 'name': 'a' } },
                  'packages': { 'a': ['a@workspace:packages/a', { 'bin': 'a.js', 'devDependencies': {} }] } }""");
        assertEquals(new Bin.File("a.js"), lockfile.workspaces().get(1).bin());
        assertEquals(
                new Bin.File("a.js"),
                lockfile.packages().values().iterator().next().bin());
    }

    @Test
    void aProjectMayDependOnItself() throws Exception {
        Lockfile lockfile = read("""
                { 'lockfileVersion': 1, 'workspaces': { '': { 'dependencies': { 'self': 'file:.' } } },
                  'packages': { 'self': ['@root:', { 'binDir': 'bin' }] } }""");
        LockedPackage self = lockfile.packages().values().iterator().next();
        assertEquals(new Resolution.Root(), self.resolution());
        assertEquals(new Bin.Dir("bin"), self.bin());
    }

    @Test
    void nestedOverridesAndCatalogsAreRead() throws Exception {
        Lockfile lockfile = read(root("""
                'overrides': { 'is-odd': { '.': '3.0.1', 'is-number@6': '5.0.0' }, 'ms': '2.0.0' },
                'catalog': { 'a': '1' }, 'catalogs': { 'x': { 'b': '2' }, 'empty': {} }"""));
        assertEquals(
                List.of(
                        new OverrideRule(Optional.empty(), "is-odd", "3.0.1"),
                        new OverrideRule(Optional.empty(), "ms", "2.0.0"),
                        new OverrideRule(Optional.of("is-odd"), "is-number@6", "5.0.0")),
                lockfile.overrides());
        assertEquals(Map.of("", Map.of("a", "1"), "x", Map.of("b", "2")), lockfile.catalogs());
    }

    @Test
    void twoMembersOfOneNameAreRefused() {
        assertProblem(
                "{ 'lockfileVersion': 1, 'workspaces': { '': {}, 'a': { 'name': 'x' }, 'b': { 'name': 'x' } } }",
                "two workspaces are called \"x\"; rename one of them");
    }

    @ParameterizedTest
    @ValueSource(strings = {"../a", "/a", "a//b", "a/./b", "C:/a", "a\\\\b"})
    void aMemberOutsideTheProjectIsRefused(String path) {
        assertProblem(
                "{ 'lockfileVersion': 1, 'workspaces': { '': {}, '" + path + "': { 'name': 'x' } } }",
                "is no path inside the project");
    }

    @Test
    void aHugeNumberOfEntriesIsReadInTime() throws Exception {
        StringBuilder entries = new StringBuilder("'packages': {");
        for (int i = 0; i < 20_000; i++) {
            entries.append("'a").append(i).append("': ['a").append(i).append("@1.0.0', '', {}, ''],\n");
        }
        assertEquals(20_000, read(root(entries + "}")).packages().size());
    }

    private static PlacementKey key(String text) {
        return PlacementKey.parse(text).orElseThrow();
    }

    private static String root(String rest) {
        return "{ 'lockfileVersion': 1, 'workspaces': { '': {} }, " + rest + " }";
    }

    private static LockedPackage only(String tuple) throws OcnixException {
        return read(root("'packages': { 'x': " + tuple + " }"))
                .packages()
                .values()
                .iterator()
                .next();
    }

    private static Lockfile read(String text) throws OcnixException {
        return LockfileReader.read("bun.lock", text.getBytes(StandardCharsets.UTF_8));
    }

    private static String problem(String text) {
        return assertThrows(OcnixException.class, () -> read(text)).getMessage();
    }

    private static void assertProblem(String text, String expected) {
        String problem = problem(text);
        assertTrue(problem.startsWith("bun.lock"), problem);
        assertTrue(problem.contains(expected), problem);
    }
}

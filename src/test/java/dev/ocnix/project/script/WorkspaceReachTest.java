package dev.ocnix.project.script;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ocnix.model.Bin;
import dev.ocnix.model.Workspace;
import dev.ocnix.testing.Bun;
import dev.ocnix.testing.NeedsBun;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which members a build script at the root works in. */
class WorkspaceReachTest {
    private static final Map<String, String> MEMBERS =
            Map.of("packages/web", "@shop/web", "packages/ui", "@shop/ui", "apps/docs", "docs");

    @TempDir
    Path folder;

    private static String reached(String script, Map<String, String> files) throws Exception {
        List<Workspace> workspaces = Stream.concat(
                        Stream.of(new Workspace("", Optional.of("root"), Optional.empty(), Bin.none(), List.of())),
                        MEMBERS.entrySet().stream()
                                .map(member -> new Workspace(
                                        member.getKey(),
                                        Optional.of(member.getValue()),
                                        Optional.empty(),
                                        Bin.none(),
                                        List.of())))
                .toList();
        ScriptCalls calls = new ScriptCalls(Map.of(
                "build",
                script,
                "prebuild",
                "cd packages/ui && true",
                "pages",
                "vite build apps/docs",
                "all",
                "turbo run x"));
        WorkspaceReach reach = new WorkspaceReach(workspaces, path -> Optional.ofNullable(files.get(path)));
        return String.join(" ", reach.of("", calls.in(script)));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            tsc -p . && echo done                         | ''
            turbo run build                               | apps/docs packages/ui packages/web
            turbo run build --filter=@shop/ui...          | packages/ui
            nx run-many -t build --projects=docs,@shop/ui | apps/docs packages/ui
            lerna run build --scope '@shop/*'             | packages/ui packages/web
            bun run --filter './packages/*' make          | packages/ui packages/web
            bun --filter '*' make                         | apps/docs packages/ui packages/web
            bun run --filter=docs make                    | apps/docs
            npm run build --workspaces                    | apps/docs packages/ui packages/web
            npm run make --workspace=@shop/web            | packages/web
            yarn workspace docs build                     | apps/docs
            pnpm -r build                                 | apps/docs packages/ui packages/web
            cd packages/web && vite build                 | packages/web
            (cd ./apps/docs; vite build)                  | apps/docs
            bun run --cwd packages/ui make                | packages/ui
            vite build packages/web                       | packages/web
            tsc -p packages/ui/tsconfig.json              | packages/ui
            bun run pages                                 | apps/docs
            npm run all                                   | apps/docs packages/ui packages/web
            concurrently "bun run --cwd packages/ui x" b  | packages/ui
            node scripts/make.mjs                         | packages/web
            bun scripts/every.ts                          | apps/docs packages/ui packages/web
            tsc -b                                        | apps/docs packages/ui packages/web
            """)
    void aScriptReachesMembers(String script, String members) throws Exception {
        Map<String, String> files = Map.of(
                "scripts/make.mjs", "await build({ root: 'packages/web' });",
                "scripts/every.ts", "await $`bun run --filter '*' make`;");
        assertEquals(members, reached(script, files));
    }

    @Test
    void whatRunsBeforeAndAfterCountsToo() throws Exception {
        ScriptCalls calls =
                new ScriptCalls(Map.of("build", "true", "postbuild", "bun x a", "prebuild", "npm run c", "c", "d"));
        assertEquals(
                List.of("a", "d", "true"),
                calls.of("build").stream().map(ShellCommand::program).sorted().toList());
    }

    /** Bun itself says in which members a filter's script runs. */
    @Test
    @NeedsBun
    void filtersReachWhatTheyReachInBun() throws Exception {
        Files.writeString(
                folder.resolve("package.json"), "{ \"name\": \"root\", \"workspaces\": [\"packages/*\", \"apps/*\"] }");
        for (Map.Entry<String, String> member : MEMBERS.entrySet()) {
            Path at = Files.createDirectories(folder.resolve(member.getKey()));
            Files.writeString(
                    at.resolve("package.json"),
                    "{ \"name\": \"" + member.getValue() + "\", \"scripts\": { \"make\": \"touch made\" } }");
        }
        for (String filter : List.of("*", "docs", "@shop/*", "./apps/*", "@shop/w*", "./packages/ui")) {
            Bun.version("1.4.5").in(folder, "run", "--filter", filter, "make").runOrFail();
            TreeSet<String> made = new TreeSet<>();
            for (String member : MEMBERS.keySet()) {
                if (Files.deleteIfExists(folder.resolve(member).resolve("made"))) {
                    made.add(member);
                }
            }
            assertTrue(!made.isEmpty(), filter);
            assertEquals(String.join(" ", made), reached("bun run --filter '" + filter + "' make", Map.of()), filter);
        }
    }
}

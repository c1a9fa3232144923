package dev.ocnix.project.script;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.google.gson.JsonParser;
import dev.ocnix.nix.BuilderFiles;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Whether anything of a lifecycle script is left once the commands that no build runs are taken away, and what is built from. */
class LeftOutCommandsTest {
    private final LeftOutCommands leftOut = LeftOutCommands.of(BuilderFiles.leftOutCommands());

    @ParameterizedTest
    @CsvSource(delimiter = '→', quoteCharacter = '`', textBlock = """
            husky                                                    → true
            husky install || true                                    → true
            npx husky install                                        → true
            bunx --bun lefthook install                              → true
            npx -y only-allow bun                                    → true
            is-ci || husky install                                   → true
            if [ -d .git ]; then simple-git-hooks; fi                → true
            git config core.hooksPath .githooks                      → true
            node_modules/.bin/patch-package && echo 'done'           → true
            bun run hooks                                            → true
            CI=1 cross-env A=b playwright install --with-deps        → true
            husky && svelte-kit sync                                 → false
            playwright test                                          → false
            node husky                                               → false
            git log                                                  → false
            bun run gen                                              → false
            ./scripts/husky-setup.sh                                 → false
            """)
    void aScriptIsLeftOutIfNothingIsLeftOfIt(String script, boolean isLeftOut) {
        Map<String, String> scripts = Map.of("prepare", script, "hooks", "husky", "gen", "husky; prisma generate");
        assertEquals(
                isLeftOut,
                leftOut.reason(new ScriptCalls(scripts).ofEvent("prepare")).isPresent(),
                script);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '→', quoteCharacter = '`', textBlock = """
            {"prepack":"tsup"}                                                                        → prepack
            {"prepublishOnly":"npm run lint && npm run test:all && npm run compile","compile":"tsc","lint":"x","test:all":"x"} → compile
            {"prepublishOnly":"rm -rf dist && tsc","prepare":"husky"}                                 → prepublishOnly
            {"prepare":"husky && bun run bundle","bundle":"rollup"}                                   → bundle
            {"prepare":"husky"}                                                                       → ``
            {"test":"x"}                                                                              → ``
            """)
    void whatIsPublishedSaysHowToBuild(String scripts, String names) {
        Map<String, String> all = JsonParser.parseString(scripts).getAsJsonObject().asMap().entrySet().stream()
                .collect(Collectors.toMap(
                        Map.Entry::getKey, entry -> entry.getValue().getAsString()));
        assertEquals(names.isEmpty() ? List.of() : List.of(names), PublishScripts.building(all, leftOut));
    }
}

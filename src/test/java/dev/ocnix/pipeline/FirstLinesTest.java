package dev.ocnix.pipeline;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.ocnix.testing.Command;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** The builder splits what stands behind {@code env -S} as the host's env does, and rewrites nothing else of it. */
@EnabledOnOs(OS.LINUX)
class FirstLinesTest {
    private static final Path FUNCTIONS = Path.of("nix/lib/shebang.sh").toAbsolutePath();
    /** Pieces that mean something to env, and some that it refuses. */
    private static final List<String> PIECES = List.of(
            "a",
            "bc",
            "-x",
            "A=1",
            " ",
            "  ",
            "\t",
            "'",
            "\"",
            "\\",
            "#",
            "\\_",
            "\\c",
            "\\\\",
            "\\'",
            "\\\"",
            "\\$",
            "\\#",
            "$",
            "${EMPTY}",
            "\\q");

    @TempDir
    Path folder;

    private String run(String script) throws Exception {
        Path file = Files.writeString(
                folder.resolve("script"),
                "NIX_STORE=/nix/store\nTMPDIR=" + folder + "\nsource " + FUNCTIONS + "\n" + script);
        return Command.of("bash", file.toString()).runOrFail().out();
    }

    @Test
    void textsAreSplitAsEnvSplitsThem() throws Exception {
        Random random = new Random(5);
        StringBuilder texts = new StringBuilder();
        for (int n = 0; n < 300; n++) {
            for (int pieces = random.nextInt(9); pieces >= 0; pieces--) {
                texts.append(PIECES.get(random.nextInt(PIECES.size())));
            }
            texts.append('\0');
        }
        Files.writeString(folder.resolve("texts"), texts, StandardCharsets.ISO_8859_1);
        assertEquals("300 texts\n", run("""
                show=$TMPDIR/show
                printf '#!/bin/sh\\nfor word; do printf "<%%s>" "$word"; done\\n' > "$show"
                chmod +x "$show"
                export EMPTY=$'\\1'
                while IFS= read -r -d '' text; do
                  ours=refused theirs=refused
                  if ocnixWords "$text"; then ours=$(if [ "${#words[@]}" -gt 0 ]; then printf '<%s>' "${words[@]}"; fi); fi
                  # a blank that \\_ means in double quotes is known to env alone
                  if said=$(env "-S$show $text" 2> /dev/null); then theirs=$said; fi
                  if [ "${ours//$'\\1'/ }" != "${theirs//$'\\1'/ }" ]; then printf '%q: %q, not %q\\n' "$text" "$ours" "$theirs"; fi
                  count=$((count + 1))
                done < "$TMPDIR/texts"
                echo "$count texts"
                """));
    }

    @Test
    void onlyTheProgramIsReplaced() throws Exception {
        Path programs = Files.createDirectories(folder.resolve("bin"));
        for (String name : List.of("node", "env")) {
            Path program = Files.writeString(programs.resolve(name), "");
            program.toFile().setExecutable(true);
        }
        String lines = """
                #!/usr/bin/env node
                #! /usr/bin/env  node
                #!/usr/bin/env node --a --b
                #!/usr/local/bin/node --a
                #!/usr/bin/env -S -- A="b c" node
                #!/usr/bin/env -Snode --a 'b c'
                #!/usr/bin/env -ivS -u B "node"
                #!/usr/bin/env --split-string=node ${B} # c
                #!/usr/bin/env -S /opt/node
                #!/usr/bin/env perl
                #!/usr/bin/env -S ${NODE}
                #!/usr/bin/env -S ./node
                #!/usr/bin/env -S --unheard-of node
                #!/usr/bin/env A=b node
                #!/nix/store/00000000000000000000000000000000-nodejs/bin/node
                """;
        Files.writeString(folder.resolve("lines"), lines);
        assertEquals("""
                #!bin/node
                #!bin/node
                #!bin/env -S bin/node --a --b
                #!bin/node --a
                #!bin/env -S -- A="b c" bin/node
                #!bin/env -Sbin/node --a 'b c'
                #!bin/env -ivS -u B bin/node
                #!bin/env --split-string=bin/node ${B} # c
                #!bin/env -S bin/node
                """ + lines.substring(lines.indexOf("#!/usr/bin/env perl")), run("""
                while IFS= read -r line; do
                  ocnixStoreLine "$line" "$TMPDIR/bin" || true
                  printf '%s\\n' "${written//"$TMPDIR/"/}"
                done < "$TMPDIR/lines"
                """));
    }
}

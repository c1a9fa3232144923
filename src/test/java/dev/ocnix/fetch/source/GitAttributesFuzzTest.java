package dev.ocnix.fetch.source;

import static dev.ocnix.testing.ParserFuzz.seed;

import dev.ocnix.model.OcnixException;
import dev.ocnix.testing.ParserFuzz;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class GitAttributesFuzzTest {
    @Test
    void damagedAttributesAreRead() {
        ParserFuzz.run(".gitattributes", Set.of(OcnixException.class), List.of(seed("""
                # one
                *.txt text eol=crlf
                [attr]lfs filter=lfs -text
                "a b/**/c?[a-z!-]" !diff ident
                /src/*.js export-subst working-tree-encoding=UTF-16
                """)), input -> {
            GitAttributes attributes = new GitAttributes();
            attributes.enter(0, 0, input);
            attributes.of("src/a.js", 0, false);
            attributes.of("a b/x/y/cz", 0, true);
        });
    }
}

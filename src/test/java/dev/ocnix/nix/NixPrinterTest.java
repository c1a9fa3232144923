package dev.ocnix.nix;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import dev.ocnix.model.OcnixException;
import dev.ocnix.model.Visible;
import dev.ocnix.testing.NeedsNix;
import dev.ocnix.testing.Nix;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NixPrinterTest {
    private static final List<String> HOSTILE = List.of(
            "",
            "\"",
            "\\",
            "\\\"",
            "${",
            "$${",
            "$$${x}",
            "\\${builtins.abort \"x\"}",
            "\"; evil = 1; x = \"",
            "''",
            "'''",
            "''${x}''",
            "$",
            "a$",
            "{a}",
            "\n",
            "\r",
            "\r\n",
            "\t",
            "\u0001\u0002\u001f\u007f",
            "\u0085\u2028\u2029\ufeff",
            "a\u202e\u2066 } /* \u2069\u200b\u001b[31m \udb40\udc41 b",
            "/* */ # --",
            "if",
            "or",
            "let",
            "a.b",
            "a b",
            "a-b'",
            "-a",
            "1a",
            "_",
            "__curPos",
            "é \ud83d\ude00 中",
            "\\n",
            "\\\n",
            "$\n{");

    @TempDir
    Path folder;

    @Test
    @NeedsNix
    void nixReadsBackEveryStringAndName() throws IOException, OcnixException {
        List<String> texts = new ArrayList<>(HOSTILE);
        texts.addAll(random(400));
        SortedMap<String, NixExpr> names = new TreeMap<>();
        texts.forEach(text -> names.put(text, NixExpr.text(text)));
        SortedMap<String, NixExpr> both = new TreeMap<>();
        both.put("list", NixExpr.texts(texts));
        both.put("names", new NixExpr.Attrs(names));
        Path file = folder.resolve("hostile.nix");
        Files.writeString(file, NixPrinter.print(new NixExpr.Attrs(both)));

        assertTrue(Files.readString(file).codePoints().allMatch(c -> c == '\n' || Visible.isVisible(c)));
        JsonObject read = Nix.get().evalFile(file).getAsJsonObject();

        JsonArray list = read.getAsJsonArray("list");
        for (int i = 0; i < texts.size(); i++) {
            assertEquals(texts.get(i), list.get(i).getAsString());
        }
        JsonObject attributes = read.getAsJsonObject("names");
        assertEquals(names.keySet(), new TreeSet<>(attributes.keySet()));
        names.keySet().forEach(name -> assertEquals(name, attributes.get(name).getAsString()));
    }

    private static List<String> random(int count) {
        Random random = new Random(20_261_122);
        String alphabet = "\"\\${}\n\r\t' a'';=#/*\u0003\u00e9\u2028";
        List<String> texts = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            StringBuilder text = new StringBuilder();
            int length = random.nextInt(12);
            for (int k = 0; k < length; k++) {
                text.append(alphabet.charAt(random.nextInt(alphabet.length())));
            }
            texts.add(text.toString());
        }
        return texts;
    }

    @ParameterizedTest
    @ValueSource(strings = {"a\u0000b", "\ud800", "\udc00x", "x\ud800y"})
    void whatNoNixStringHoldsIsRefusedByName(String text) {
        OcnixException e = assertThrows(OcnixException.class, () -> NixPrinter.print(NixExpr.text(text)));
        assertTrue(e.getMessage().contains("\ufffd"), e::getMessage);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/etc/passwd", "..", "./a b", "./${x}", "./a//b", "./-a", "~/a", "<nixpkgs>", "./a\n"})
    void onlyPlainRelativePathsAreWritten(String path) {
        assertThrows(IllegalArgumentException.class, () -> new NixExpr.RelativePath(path));
    }

    @ParameterizedTest
    @ValueSource(strings = {"if", "a b", "", "1", "a.b", "a;b"})
    void onlyIdentifiersAreVariables(String name) {
        assertThrows(IllegalArgumentException.class, () -> new NixExpr.Ident(name));
    }
}

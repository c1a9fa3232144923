package dev.ocnix.lockfile.fuzz;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Damages text lockfiles token by token. */
final class TextMutator implements Mutator {
    private static final Pattern TOKEN =
            Pattern.compile("\"(?:[^\"\\\\\\n]|\\\\.)*+\"|[A-Za-z0-9.+-]++|\\s++|//[^\\n]*+|(?s:.)");
    private static final int LONGEST = 1 << 18;
    private static final List<String> WORDS = List.of(
            "{",
            "}",
            "[",
            "]",
            ",",
            ":",
            "\"",
            "'",
            "//",
            "/*",
            "*/",
            "\\",
            "\\u0000",
            "null",
            "true",
            "0x",
            "-1",
            "2",
            "3",
            "1e999",
            "99999999999999999999",
            "\"\"",
            "{}",
            "[]",
            "\"dependencies\"",
            "\"optionalPeers\"",
            "\"peerDependencies\"",
            "\"packages\"",
            "\"bundled\"",
            "\"bin\"",
            "\"binDir\"",
            "\"os\"",
            "\"libc\"",
            "\"overrides\"",
            "\"lockfileVersion\"",
            "\"a@root:\"",
            "\"a@workspace:\"",
            "\"a@workspace:packages/one\"",
            "\"a@link:b\"",
            "\"a@file:..\"",
            "\"a@git+ssh://git@h:p#1\"",
            "\"a@github:o/r#1\"",
            "\"a@http://h/a.tgz\"",
            "\"a@1.0.0\"",
            "\u0000",
            "\n",
            "\ufeff",
            "\ud800");
    private static final List<String> INSIDE = List.of(
            "@",
            "/",
            "..",
            ".",
            "!",
            "none",
            "#",
            "\\",
            "\\u0000",
            "\\ud800",
            "workspace:",
            "link:",
            "file:",
            "git+",
            "github:",
            "sha512-",
            "=",
            "-",
            "+",
            "*",
            " ",
            ":",
            "npm:",
            "ä",
            "😀",
            "\u007f");

    private final Random random;
    private final IdentityHashMap<byte[], List<String>> known = new IdentityHashMap<>();

    TextMutator(Random random) {
        this.random = random;
    }

    @Override
    public byte[] mutate(byte[] seed, byte[] other) {
        List<String> tokens = new ArrayList<>(tokens(seed));
        for (int i = 1 + random.nextInt(3); i > 0 && !tokens.isEmpty(); i--) {
            once(tokens, other);
        }
        String text = String.join("", tokens);
        byte[] mutant = text.substring(0, Math.min(text.length(), LONGEST)).getBytes(UTF_8);
        if (mutant.length > 0 && random.nextInt(20) == 0) {
            mutant[random.nextInt(mutant.length)] = (byte) random.nextInt();
        }
        return mutant;
    }

    private List<String> tokens(byte[] text) {
        return known.computeIfAbsent(text, TextMutator::split);
    }

    private static List<String> split(byte[] text) {
        List<String> tokens = new ArrayList<>();
        Matcher matcher = TOKEN.matcher(new String(text, UTF_8));
        while (matcher.find()) {
            tokens.add(matcher.group());
        }
        return tokens;
    }

    private void once(List<String> tokens, byte[] other) {
        int at = random.nextInt(tokens.size());
        switch (random.nextInt(11)) {
            case 0 -> tokens.remove(at);
            case 1 -> tokens.set(at, any(WORDS));
            case 2 -> tokens.add(at, any(WORDS));
            case 3 -> Collections.swap(tokens, at, random.nextInt(tokens.size()));
            case 4 -> tokens.subList(at, end(tokens, at)).clear();
            case 5 -> tokens.addAll(at, List.copyOf(range(tokens)));
            case 6, 7 -> inside(tokens);
            case 8 -> tokens.set(strings(tokens), tokens.get(strings(tokens)));
            case 9 -> {
                List<String> others = tokens(other);
                tokens.addAll(at, others.isEmpty() ? List.of() : List.copyOf(range(others)));
            }
            default -> {
                if (random.nextInt(4) == 0) {
                    tokens.subList(at, tokens.size()).clear();
                } else {
                    tokens.set(at, tokens.get(at).repeat(1 + random.nextInt(100)));
                }
            }
        }
    }

    private int end(List<String> tokens, int at) {
        return Math.min(at + 1 + random.nextInt(30), tokens.size());
    }

    private List<String> range(List<String> tokens) {
        int from = random.nextInt(tokens.size());
        return tokens.subList(from, end(tokens, from));
    }

    /** A string, if one is near. */
    private int strings(List<String> tokens) {
        int at = random.nextInt(tokens.size());
        for (int i = at; i < Math.min(at + 10, tokens.size()); i++) {
            if (tokens.get(i).startsWith("\"")) {
                return i;
            }
        }
        return at;
    }

    private void inside(List<String> tokens) {
        int index = strings(tokens);
        String token = tokens.get(index);
        int at = token.length() < 2 ? 0 : 1 + random.nextInt(token.length() - 1);
        int skipped = random.nextInt(Math.min(4, token.length() - at + 1));
        tokens.set(
                index, token.substring(0, at) + any(INSIDE) + token.substring(Math.min(at + skipped, token.length())));
    }

    private String any(List<String> words) {
        return words.get(random.nextInt(words.size()));
    }
}

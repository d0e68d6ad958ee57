package io.github.ttmemorycheck.torture;

import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;

/** Damages what was well-formed: most of what is random at all ends at the first byte that is looked at. */
public final class Mutations {

    private static final List<String> WORDS = List.of(
            "",
            "0",
            "-1",
            "18446744073709551616",
            "9223372036854775807",
            "-2147483648",
            "1e308",
            "1e-9999",
            "0x",
            "ı",
            "İ",
            "٣",
            "\u0000",
            "\uD800",
            "\uFEFF",
            "\u2028",
            "#",
            ",",
            ".",
            "..",
            "\t",
            " ",
            "\n",
            "\r",
            "*");

    private Mutations() {}

    /** Returns bytes with some of them changed, taken out, put in, repeated or cut off. */
    public static byte[] of(byte[] bytes, int changes, SplittableRandom random) {
        byte[] damaged = bytes;
        for (int i = 0; i < changes; i++) {
            damaged = damaged.length == 0 ? new byte[] {(byte) random.nextInt(256)} : once(damaged, random);
        }
        return damaged;
    }

    private static byte[] once(byte[] bytes, SplittableRandom random) {
        int at = random.nextInt(bytes.length);
        int length = Math.min(bytes.length - at, 1 + random.nextInt(1 << random.nextInt(8)));
        switch (random.nextInt(6)) {
            case 0 -> {
                byte[] changed = bytes.clone();
                changed[at] = (byte) random.nextInt(random.nextBoolean() ? 13 : 256);
                return changed;
            }
            case 1 -> {
                byte[] changed = bytes.clone();
                changed[at] ^= (byte) (1 << random.nextInt(8));
                return changed;
            }
            case 2 -> {
                byte[] changed = bytes.clone();
                byte with = (byte) (random.nextBoolean() ? 0 : 0xff);
                Arrays.fill(changed, at, at + length, with);
                return changed;
            }
            case 3 -> {
                return spliced(bytes, at, at + length, new byte[0]);
            }
            case 4 -> {
                byte[] more = new byte[length];
                if (random.nextBoolean()) {
                    random.nextBytes(more);
                }
                return spliced(bytes, at, at, more);
            }
            default -> {
                return spliced(bytes, at, at, Arrays.copyOfRange(bytes, at, at + length));
            }
        }
    }

    private static byte[] spliced(byte[] bytes, int from, int to, byte[] between) {
        byte[] spliced = new byte[bytes.length - (to - from) + between.length];
        System.arraycopy(bytes, 0, spliced, 0, from);
        System.arraycopy(between, 0, spliced, from, between.length);
        System.arraycopy(bytes, to, spliced, from + between.length, bytes.length - to);
        return spliced;
    }

    /** Returns a text with some of its characters and words changed, taken out, put in or repeated. */
    public static String of(String text, int changes, SplittableRandom random) {
        StringBuilder damaged = new StringBuilder(text);
        for (int i = 0; i < changes; i++) {
            int at = random.nextInt(damaged.length() + 1);
            int to = Math.min(damaged.length(), at + random.nextInt(1 << random.nextInt(6)));
            switch (random.nextInt(5)) {
                case 0 -> damaged.delete(at, to);
                case 1 -> damaged.insert(at, damaged.substring(at, to));
                case 2 -> damaged.replace(at, to, WORDS.get(random.nextInt(WORDS.size())));
                case 3 -> damaged.insert(at, WORDS.get(random.nextInt(WORDS.size())));
                default -> damaged.insert(at, noise(random, random.nextInt(4)));
            }
        }
        return damaged.toString();
    }

    /** Returns random characters; one text in many is a very long one. */
    public static String noise(SplittableRandom random, int length) {
        int many = random.nextInt(20_000) == 0 ? 1_000_000 : length;
        int kinds = random.nextInt(3);
        StringBuilder noise = new StringBuilder(many);
        for (int i = 0; i < many; i++) {
            int letter = kinds == 0 ? '0' + random.nextInt(10) : random.nextInt(kinds == 1 ? 128 : 65_536);
            noise.append((char) letter);
        }
        return noise.toString();
    }
}

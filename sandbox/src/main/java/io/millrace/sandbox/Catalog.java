package io.millrace.sandbox;

import java.nio.charset.StandardCharsets;
import java.util.stream.Stream;

/**
 * The items of the generated shop. An item's properties follow from its id and the seed alone. All texts are clean:
 * single inner spaces, no control characters. A few contain what careless cleaning would take for white space.
 */
final class Catalog {
    static final String[] EVENT_TYPES = {"view", "click", "like", "purchase"};
    static final String[] CATEGORIES = {
        "electronics", "books", "home & kitchen", "fashion", "beauty", "sports", "toys", "groceries", "garden",
        "automotive", "music", "movies", "pet supplies", "office", "health", "baby", "jewellery", "travel",
        "图书", "家用电器", "运动户外", "café & thé"
    };
    static final String[] DEVICES = {
        "ios", "android", "web desktop", "web mobile", "mini program", "tablet", "smart tv", "iPhone 15 Pro", "微信小程序"
    };
    private static final String[] QUALITIES = {
        "Compact",
        "Classic",
        "Light",
        "Portable",
        "Organic",
        "Smart",
        "Soft",
        "Vintage",
        "Large",
        "Pocket",
        "Quiet",
        "Modern",
        "便携",
        "经典"
    };
    private static final String[] MATERIALS = {
        "Steel", "Cotton", "Oak", "Glass", "Travel", "Leather", "Ceramic", "Bamboo", "Wool", "Carbon", "旅行"
    };
    // Zero-width space and joiner are not Unicode White_Space, so cleaning must leave them where they are.
    private static final String[] THINGS = {
        "Kettle",
        "Lamp",
        "Backpack",
        "Notebook",
        "Chair",
        "Headset",
        "Camera",
        "Jacket",
        "Guitar",
        "Bottle",
        "Puzzle",
        "Keyboard",
        "Blanket",
        "Mug",
        "水壶",
        "笔记本",
        "zero\u200Bwidth",
        "👩\u200D🚀 Poster"
    };

    private static final byte[] SESSION_PREFIX = "sess_".getBytes(StandardCharsets.US_ASCII);
    static final int SESSION_ID_LENGTH = SESSION_PREFIX.length + 16;
    private static final byte[] HEX = "0123456789abcdef".getBytes(StandardCharsets.US_ASCII);

    private final long seed;
    private final byte[][] pages;

    Catalog(long seed, int items) {
        this.seed = seed;
        this.pages = new byte[items][];
        for (int id = 1; id <= items; id++) {
            pages[id - 1] = title(id).getBytes(StandardCharsets.UTF_8);
        }
    }

    static byte[][] utf8(String[] texts) {
        return Stream.of(texts)
                .map(text -> text.getBytes(StandardCharsets.UTF_8))
                .toArray(byte[][]::new);
    }

    /** Writes the id of a visit: a fixed prefix and 16 hexadecimal digits. */
    static void sessionId(long number, byte[] target) {
        System.arraycopy(SESSION_PREFIX, 0, target, 0, SESSION_PREFIX.length);
        for (int i = SESSION_PREFIX.length; i < SESSION_ID_LENGTH; i++) {
            target[i] = HEX[(int) (number >>> (4 * (i - SESSION_PREFIX.length)) & 15)];
        }
    }

    int size() {
        return pages.length;
    }

    int category(int item) {
        int first = draw(item, 1, CATEGORIES.length);
        return Math.min(first, draw(item, 2, CATEGORIES.length));
    }

    String title(int item) {
        return QUALITIES[draw(item, 3, QUALITIES.length)] + " " + MATERIALS[draw(item, 4, MATERIALS.length)] + " "
                + THINGS[draw(item, 5, THINGS.length)] + " no " + (10 + draw(item, 6, 990));
    }

    byte[] page(int item) {
        return pages[item - 1];
    }

    int priceCents(int item) {
        int magnitude = 1 + draw(item, 7, 4);
        int cents = 99;
        for (int i = 0; i < magnitude; i++) {
            cents = cents * 3 + draw(item, 8 + i, 100);
        }
        return cents;
    }

    /** Days before the first event on which the item was added. */
    int ageDays(int item) {
        return 1 + draw(item, 20, 900);
    }

    private int draw(int item, int property, int bound) {
        long mixed = RandomNumbers.mix(RandomNumbers.mix(seed + item) + property);
        return (int) ((mixed >>> 32) * bound >>> 32);
    }
}

package io.millrace.sandbox;

/** Earlier events that may come again: a constant number, half of them recent, half from far back. */
final class Remembered {
    private static final int SLOTS = 4096;
    private static final int REPLACED_ONE_IN = 8;

    private final Event[] recent = new Event[SLOTS];
    private final Event[] old = new Event[SLOTS];
    private long offered;
    private int oldCount;

    boolean any() {
        return offered > 0;
    }

    void offer(Event event, RandomNumbers random) {
        remember(recent, (int) (offered++ % SLOTS), event);
        if (oldCount < SLOTS) {
            remember(old, oldCount++, event);
        } else if (random.nextInt(REPLACED_ONE_IN) == 0) {
            remember(old, random.nextInt(SLOTS), event);
        }
    }

    void pick(Event target, RandomNumbers random) {
        boolean far = random.nextInt(2) == 0;
        int count = far ? oldCount : (int) Math.min(offered, SLOTS);
        target.copyFrom((far ? old : recent)[random.nextInt(count)]);
    }

    private static void remember(Event[] slots, int slot, Event event) {
        if (slots[slot] == null) {
            slots[slot] = new Event();
        }
        slots[slot].copyFrom(event);
    }
}

package io.millrace.formats.json;

import java.util.Arrays;

/**
 * Finds keys that occur twice in an object, for all objects of a document in one table and without allocation: an entry
 * belongs to the object whose number it carries, and entries of earlier documents are taken as absent.
 */
final class NameSet {
    private String[] names = new String[256];
    private long[] owners = new long[256];
    private int used;
    private long firstOwner = 1;
    private long lastOwner;

    /** Forgets all names. */
    void clear() {
        firstOwner = lastOwner + 1;
        used = 0;
    }

    /** Begins an object, and returns its number. */
    long newObject() {
        return ++lastOwner;
    }

    /** Adds an object's name; false where it has it already. */
    boolean add(long object, String name) {
        if (2 * used >= names.length) {
            grow();
        }
        for (int slot = slot(object, name); ; slot = slot + 1 & names.length - 1) {
            if (owners[slot] < firstOwner) {
                owners[slot] = object;
                names[slot] = name;
                used++;
                return true;
            }
            if (owners[slot] == object && names[slot].equals(name)) {
                return false;
            }
        }
    }

    private int slot(long object, String name) {
        int mixed = (name.hashCode() ^ Long.hashCode(object * 0x9e3779b97f4a7c15L)) * 0x9e3779b9;
        return (mixed ^ mixed >>> 15) & names.length - 1;
    }

    private void grow() {
        String[] oldNames = names;
        long[] oldOwners = owners;
        names = new String[oldNames.length * 2];
        owners = new long[names.length];
        used = 0;
        for (int i = 0; i < oldNames.length; i++) {
            if (oldOwners[i] >= firstOwner) {
                add(oldOwners[i], oldNames[i]);
            }
        }
        Arrays.fill(oldNames, null);
    }
}

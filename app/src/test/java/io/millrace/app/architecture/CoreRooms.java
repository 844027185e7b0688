package io.millrace.app.architecture;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.library.dependencies.SliceAssignment;
import com.tngtech.archunit.library.dependencies.SliceIdentifier;

/**
 * Every package of core by itself, except that {@code run} and {@code engine} count as one: a run drives an engine, and an
 * engine reports to its run, each in the other's types.
 */
final class CoreRooms implements SliceAssignment {
    private static final String CORE = "io.millrace.core.";

    @Override
    public SliceIdentifier getIdentifierOf(JavaClass javaClass) {
        String name = javaClass.getPackageName();
        if (!name.startsWith(CORE)) {
            return SliceIdentifier.ignore();
        }
        String room = name.substring(CORE.length());
        return SliceIdentifier.of(room.equals("engine") ? "run" : room);
    }

    @Override
    public String getDescription() {
        return "packages of core, run and engine as one";
    }
}

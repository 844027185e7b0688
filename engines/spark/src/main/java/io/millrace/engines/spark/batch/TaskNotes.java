package io.millrace.engines.spark.batch;

import io.millrace.core.lookup.LookupTally;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** What a task has come across besides rows, for the report's warnings. Counted as often as its outcome is, which is once. */
record TaskNotes(List<String> notices, List<LookupTally> lookups) {
    static final TaskNotes NONE = new TaskNotes(List.of(), List.of());

    void write(DataOutputStream out) throws IOException {
        out.writeInt(notices.size());
        for (String notice : notices) {
            out.writeUTF(notice);
        }
        out.writeInt(lookups.size());
        for (LookupTally tally : lookups) {
            out.writeUTF(tally.step());
            out.writeLong(tally.asked());
            out.writeLong(tally.missed());
        }
    }

    static TaskNotes read(DataInputStream in) throws IOException {
        List<String> notices = new ArrayList<>();
        for (int left = in.readInt(); left > 0; left--) {
            notices.add(in.readUTF());
        }
        List<LookupTally> lookups = new ArrayList<>();
        for (int left = in.readInt(); left > 0; left--) {
            lookups.add(new LookupTally(in.readUTF(), in.readLong(), in.readLong()));
        }
        return new TaskNotes(List.copyOf(notices), List.copyOf(lookups));
    }
}

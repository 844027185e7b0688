package io.millrace.connectors.files;

import io.millrace.api.CommitId;
import io.millrace.api.Fence;
import io.millrace.api.Lineage;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The decision of a commit to S3: which uploads become objects, and which objects they replace. Once it is in the lineage's
 * log the commit has happened, and anybody may carry it out to the end, any number of times.
 */
record RemoteManifest(CommitId id, List<StagedObject> files, List<String> remove) {
    Map<String, Object> toMap() {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("pipeline", id.lineage().pipeline());
        map.put("lineage", id.lineage().id());
        map.put("unit", id.unit());
        map.put("sequence", id.sequence());
        map.put("epoch", id.fence().epoch());
        map.put("files", StagedObject.listOf(files));
        map.put("remove", new ArrayList<Object>(remove));
        return map;
    }

    static RemoteManifest of(Map<?, ?> map) {
        Lineage lineage = new Lineage((String) map.get("pipeline"), (String) map.get("lineage"));
        CommitId id = new CommitId(
                lineage, (String) map.get("unit"), (Long) map.get("sequence"), new Fence((Long) map.get("epoch")));
        List<String> remove =
                ((List<?>) map.get("remove")).stream().map(String.class::cast).toList();
        return new RemoteManifest(id, StagedObject.of(map.get("files")), remove);
    }

    /** Whether this is the commit of that id; the fence may be a later one. */
    boolean isOf(CommitId other) {
        return id.lineage().equals(other.lineage())
                && id.unit().equals(other.unit())
                && id.sequence() == other.sequence();
    }
}

package io.millrace.app.matrix;

import io.millrace.app.crash.Lake;
import io.millrace.app.crash.Leftovers;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

final class ParquetTarget implements MatrixTarget {
    @Override
    public String name() {
        return "parquet";
    }

    @Override
    public boolean repeatable() {
        return false;
    }

    @Override
    public Place create(Path workspace) {
        return new Folder(workspace.resolve("lake"));
    }

    private record Folder(Path folder) implements Place {
        @Override
        public String settings() {
            return "parquet: {path: lake}";
        }

        @Override
        public Map<String, String> variables() {
            return Map.of();
        }

        @Override
        public List<String> rows() {
            return new Lake(folder)
                            .sorted(
                                    "concat_ws(' ', event_id, user_id, event_type, coalesce((rating * 2)::int::varchar, '-'),"
                                            + " (price * 100)::bigint, epoch_us(created_at))")
                            .stream()
                            .sorted()
                            .toList();
        }

        @Override
        public List<String> leftovers() {
            return Leftovers.inTarget(folder);
        }
    }
}

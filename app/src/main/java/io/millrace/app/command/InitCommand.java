package io.millrace.app.command;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.millrace.api.MillraceException;
import io.millrace.app.init.PipelineDraft;
import io.millrace.app.init.SourceAddress;
import io.millrace.core.config.Environment;
import io.millrace.core.coordinator.PlanPreview;
import io.millrace.core.pipeline.Catalog;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code millrace init}. */
@Command(
        name = "init",
        description =
                "Guess a pipeline file from a source: connects, looks at the first 1,000 rows, writes a commented file"
                        + " with types, time column and key, and checks it. Nothing is changed at the source.",
        footer = {
            "",
            "A database's user and password come from PGUSER and PGPASSWORD.",
            "",
            "Examples:",
            "  millrace init postgresql://db.example.com:5432/shop --table user_behaviors",
            "  millrace init kafka://broker:9092/behaviours --out clicks.yaml",
            "  millrace init s3://lake/raw/events --with endpoint=http://127.0.0.1:9000",
            "  millrace init ./exports --with csv.delimiter=\";\"",
            "  millrace init https://api.example.com/v1/events --with records=data.items"
        })
public final class InitCommand implements Callable<Integer>, Reported {
    @Parameters(
            paramLabel = "SOURCE",
            description =
                    "postgresql://host:5432/database, kafka://host:9092/topic, s3://bucket/prefix, http(s)://…, or a"
                            + " file or folder.")
    private String source;

    @Option(names = "--table", paramLabel = "NAME", description = "The table of a database.")
    private String table;

    @Option(
            names = "--out",
            paramLabel = "FILE",
            description = "The file to write (default: named after the source, here).")
    private Path out;

    @Option(names = "--force", description = "Write over a file that is there.")
    private boolean force;

    @Option(
            names = "--with",
            paramLabel = "KEY=VALUE",
            description = "A further setting of the source, as its page has it. May be repeated.")
    private Map<String, String> with = new LinkedHashMap<>();

    @Mixin
    private PluginOption plugins;

    @Mixin
    private OutputOptions output;

    @Override
    public OutputOptions output() {
        return output;
    }

    @Override
    public Integer call() {
        Path here = StateOption.here();
        Path folder = out == null ? here : here.resolve(out).normalize().getParent();
        SourceAddress address = SourceAddress.parse(
                        source,
                        Optional.ofNullable(table),
                        new SourceAddress.Surroundings(System.getenv(), here, folder))
                .with(with);
        Path file = out == null ? here.resolve(address.pipelineName() + ".yaml") : here.resolve(out);
        if (!force && Files.exists(file)) {
            throw taken(file);
        }
        Catalog catalog = plugins.catalog(folder);
        PipelineDraft draft = PipelineDraft.of(address, new Environment(System.getenv(), folder), catalog);
        write(file, draft.text(true), force);
        try {
            check(file);
        } catch (MillraceException undeclared) {
            // Columns that come from the names of folders cannot be declared with the others.
            write(file, draft.text(false), true);
            check(file);
        }
        Path shown = file.startsWith(here) ? here.relativize(file) : file;
        if (output.json()) {
            ObjectNode json = new ObjectMapper().createObjectNode().put("file", file.toString());
            draft.findings().forEach(json.putArray("findings")::add);
            output.print(json);
        } else {
            draft.findings().forEach(System.out::println);
            System.out.println("wrote " + shown + "; now:");
            System.out.println("  millrace preview " + shown);
            System.out.println("  millrace run " + shown);
        }
        return 0;
    }

    private void check(Path file) {
        PlanPreview.check(PipelineOptions.job(file, List.of(), Optional.empty(), plugins));
    }

    private static void write(Path file, String text, boolean over) {
        OpenOption how = over ? StandardOpenOption.CREATE : StandardOpenOption.CREATE_NEW;
        try {
            Files.createDirectories(file.toAbsolutePath().getParent());
            Files.writeString(
                    file,
                    text,
                    StandardCharsets.UTF_8,
                    how,
                    StandardOpenOption.WRITE,
                    StandardOpenOption.TRUNCATE_EXISTING);
        } catch (FileAlreadyExistsException there) {
            throw taken(file);
        } catch (IOException failed) {
            throw MillraceException.denied(
                    file + " cannot be written (" + failed + "); name another place with --out", failed);
        }
    }

    private static MillraceException taken(Path file) {
        return MillraceException.user(
                file + " is there already; name another with --out, or write over it with --force");
    }
}

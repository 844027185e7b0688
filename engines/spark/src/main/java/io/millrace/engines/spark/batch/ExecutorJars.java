package io.millrace.engines.spark.batch;

import com.google.re2j.Pattern;
import io.millrace.api.MillraceException;
import io.millrace.core.plugin.PluginFolders;
import io.millrace.features.FeaturesFile;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.CodeSource;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.apache.spark.SparkConf;

/** The jars that executors need beside Spark's own: Millrace's core, and those of its libraries that Spark does not have. */
final class ExecutorJars {
    private static final String JARS = "spark.jars";
    /** One class of each jar. */
    private static final List<String> CLASSES = List.of(
            MillraceException.class.getName(),
            PluginFolders.class.getName(),
            FeaturesFile.class.getName(),
            ExecutorJars.class.getName(),
            Pattern.class.getName(),
            "org.snakeyaml.engine.v2.api.Load",
            "io.trino.sql.parser.SqlBaseParser",
            "ua_parser.Parser",
            "org.yaml.snakeyaml.Yaml");

    private ExecutorJars() {}

    /** Names them beside those that are named already. */
    static void addTo(SparkConf conf) {
        Set<String> jars = new LinkedHashSet<>();
        for (String named : conf.get(JARS, "").split(",")) {
            if (!named.isBlank()) {
                jars.add(named.trim());
            }
        }
        CLASSES.forEach(name -> jars.add(jar(name).toUri().toString()));
        conf.set(JARS, String.join(",", jars));
    }

    private static Path jar(String className) {
        try {
            Class<?> found = Class.forName(className, false, ExecutorJars.class.getClassLoader());
            CodeSource source = found.getProtectionDomain().getCodeSource();
            Path place = Path.of(source.getLocation().toURI());
            return Files.isDirectory(place) ? packed(place) : place;
        } catch (ClassNotFoundException | URISyntaxException | IOException impossible) {
            throw new IllegalStateException("the jar of " + className + " cannot be found", impossible);
        }
    }

    /** Classes that were not packed into a jar, as in a build. */
    private static Path packed(Path classes) throws IOException {
        Path jar = Files.createTempFile("millrace-", ".jar");
        jar.toFile().deleteOnExit();
        try (ZipOutputStream out = new ZipOutputStream(Files.newOutputStream(jar));
                Stream<Path> files = Files.walk(classes)) {
            for (Path file : files.filter(Files::isRegularFile).sorted().toList()) {
                out.putNextEntry(
                        new ZipEntry(classes.relativize(file).toString().replace('\\', '/')));
                Files.copy(file, out);
            }
        }
        return jar;
    }
}

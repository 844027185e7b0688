package io.millrace.app.dashboard;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** The pages' own files, and the chart library, from the class path: a fixed list, so that no path can lead elsewhere. */
final class StaticFiles {
    private static final String OWN = "/dashboard/";
    private static final String CHARTS = "/META-INF/resources/webjars/uplot/1.6.30/dist/";

    private static final Map<String, String> FILES = Map.ofEntries(
            Map.entry("/", OWN + "index.html"),
            Map.entry("/style.css", OWN + "style.css"),
            Map.entry("/main.js", OWN + "main.js"),
            Map.entry("/runs.js", OWN + "runs.js"),
            Map.entry("/run.js", OWN + "run.js"),
            Map.entry("/graph.js", OWN + "graph.js"),
            Map.entry("/splits.js", OWN + "splits.js"),
            Map.entry("/charts.js", OWN + "charts.js"),
            Map.entry("/trend.js", OWN + "trend.js"),
            Map.entry("/streams.js", OWN + "streams.js"),
            Map.entry("/dom.js", OWN + "dom.js"),
            Map.entry("/format.js", OWN + "format.js"),
            Map.entry("/icon.svg", OWN + "icon.svg"),
            Map.entry("/uplot.js", CHARTS + "uPlot.iife.min.js"),
            Map.entry("/uplot.css", CHARTS + "uPlot.min.css"));

    private static final Map<String, Answer> READ = new ConcurrentHashMap<>();

    private StaticFiles() {}

    /** The file at a path, or null. Read once. */
    static Answer find(String path) {
        String resource = FILES.get(path);
        return resource == null ? null : READ.computeIfAbsent(resource, StaticFiles::read);
    }

    private static Answer read(String resource) {
        try (InputStream in = StaticFiles.class.getResourceAsStream(resource)) {
            if (in == null) {
                throw new IllegalStateException("the command's libraries lack " + resource);
            }
            return new Answer(200, type(resource), in.readAllBytes());
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    private static String type(String resource) {
        String kind = resource.substring(resource.lastIndexOf('.') + 1);
        return switch (kind) {
            case "html" -> "text/html; charset=utf-8";
            case "css" -> "text/css; charset=utf-8";
            case "js" -> "text/javascript; charset=utf-8";
            case "svg" -> "image/svg+xml";
            default -> throw new IllegalStateException(kind);
        };
    }
}

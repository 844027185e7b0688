package io.millrace.core.config;

import java.util.Iterator;
import java.util.Optional;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Parse;
import org.snakeyaml.engine.v2.common.SpecVersion;
import org.snakeyaml.engine.v2.events.DocumentStartEvent;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.ReaderException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;

/**
 * Reads one YAML 1.2 document, strictly: no tags, anchors, aliases, merge keys, duplicate keys or second document. What is
 * wrong goes to the problems; what can still be read is returned.
 */
public final class YamlReader {
    /** The most characters a document may have. */
    static final int MAX_LENGTH = 1 << 20;

    private YamlReader() {}

    /** The document's tree; empty where it has none or its syntax is broken, which then is a problem. */
    public static Optional<YamlNode> read(String text, String source, Problems problems) {
        return read(text, problems, mark -> new Place(source, mark.getLine() + 1, mark.getColumn() + 1), source);
    }

    /** The tree of a text that has no lines of its own, such as an option's value: everything in it is at that place. */
    static Optional<YamlNode> readAt(Place place, String text, Problems problems) {
        return read(text, problems, mark -> place, place.source());
    }

    private static Optional<YamlNode> read(String text, Problems problems, MarkPlaces places, String source) {
        LoadSettings settings = LoadSettings.builder()
                .setLabel(source)
                .setCodePointLimit(MAX_LENGTH)
                .setVersionFunction(YamlReader::only12)
                .build();
        try {
            return document(new Parse(settings).parseString(text).iterator(), new TreeBuilder(problems, places));
        } catch (TreeBuilder.TooDeep e) {
            return Optional.empty();
        } catch (MarkedYamlEngineException e) {
            boolean unfinished = String.valueOf(e.getProblem()).contains("end of stream");
            Mark mark = (unfinished ? e.getContextMark() : e.getProblemMark())
                    .or(e::getProblemMark)
                    .orElse(null);
            Place place = mark == null ? Place.named(source) : places.of(mark);
            problems.add(place, "", SyntaxMessage.of(e.getContext(), e.getProblem()));
        } catch (ReaderException e) {
            String character = String.format("U+%04X", e.getCodePoint());
            problems.add(
                    TextPlaces.at(text, e.getPosition(), source),
                    "",
                    "the character " + character + " is not allowed in YAML; remove it, or write it as an escape such"
                            + " as \"\\0\" within double quotes");
        } catch (YamlEngineException e) {
            problems.add(Place.named(source), "", "cannot be read: " + SyntaxMessage.firstLine(e.getMessage()));
        }
        return Optional.empty();
    }

    private static Optional<YamlNode> document(Iterator<Event> events, TreeBuilder builder) {
        Optional<YamlNode> root = Optional.empty();
        boolean started = false;
        while (events.hasNext()) {
            Event event = events.next();
            if (event instanceof DocumentStartEvent) {
                if (started) {
                    builder.problem(
                            event, "a second document begins here; a file holds one document, so remove the '---'");
                    return root;
                }
                started = true;
                root = Optional.of(builder.node(events, events.next(), 0));
            }
        }
        return root;
    }

    private static SpecVersion only12(SpecVersion version) {
        if (version.getMajor() != 1 || version.getMinor() != 2) {
            throw new YamlEngineException("the file says %YAML " + version.getMajor() + "." + version.getMinor()
                    + "; only 1.2 is read, so remove that line");
        }
        return version;
    }
}

package io.millrace.connectors.redis;

import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * The text of the script that writes the rows of one call, each only if the version that its key holds is not newer.
 *
 * <p>KEYS: counter, runs, where keys are noted the set of their names, then the rows' keys, all different. ARGV: lineage, epoch, version, expiry in
 * milliseconds or nothing, nulls (a 1 for each value that is null, else 0) or nothing where none is, then the rows' values.
 * Where rows have versions of their own, the first two values of each are its version, and its expiry or nothing. The reply is 0 or the numbers of the rows that were refused.
 *
 * <p>What a script costs is the commands that it calls, so one command serves all rows wherever there is one that can: a
 * call none of whose keys exists asks for no version. Names of fields are in the text, so that they are not sent and hashed
 * for every row.
 */
final class LoadScript {
    /** Beyond this many a function of Lua cannot take the fields of a row as plain arguments. */
    private static final int MOST_ARGUMENTS = 60;

    /** The most that Lua can hand over in one call. */
    static final int MOST_FIELDS = 2_000;

    private static final String BODY =
            """
            local K, A, call, pcall = KEYS, ARGV, redis.call, redis.pcall
            local first, width = %d, %d
            local holder = call('HGET', K[2], A[1])
            if holder ~= A[2] then
              return redis.error_reply(holder and 'FENCED by epoch ' .. holder or 'LOST the record of this run')
            end
            -- Changes nothing, but fails where writes do: out of memory, on a replica. Behind the first write of a script
            -- the server no longer looks at its memory.
            local room = pcall('SETRANGE', K[1], 0, '')
            if type(room) == 'table' then return room end
            local version, at, nulls = A[3], A[4], A[5]
            local refused = {}
            local function judge(i, held)
              if held and held > %s then refused[#refused + 1] = i - first end
            end
            local function wrong(key) return redis.error_reply('WRONGTYPE the key ' .. key .. ' holds another type of value') end
            local function isnull(i, f) return nulls ~= '' and nulls:byte((i - first) * width + f) == 49 end
            local known = call('EXISTS', unpack(K, first)) > 0
            if known then
            %s
            end
            -- The rows that are written, and their keys; mostly all.
            local rows, keys, from = nil, K, first
            if refused[1] then
              rows, keys, from = {}, {}, 1
              local r = 1
              for i = first, #K do
                if refused[r] == i - first then
                  r = r + 1
                else
                  rows[#rows + 1] = i
                  keys[#keys + 1] = K[i]
                end
              end
              if not rows[1] then return refused end
            end
            %s
            if refused[1] then return refused end
            return 0
            """;

    private LoadScript() {}

    /**
     * The script.
     *
     * @param expiring whether all keys expire at one time
     * @param noted whether the names of keys are noted
     * @param versioned whether each row has a version of its own
     */
    static String of(ValueForm form, List<String> fields, boolean expiring, boolean noted, boolean versioned) {
        int lead = versioned ? RowMarks.WIDTH : 0;
        String version = versioned ? "A[j]" : "version";
        String judge =
                switch (form) {
                    case HASH -> JUDGE_HASHES;
                    case JSON -> judgeDocuments();
                    case STRING -> JUDGE_STRINGS;
                };
        String write =
                switch (form) {
                    case HASH -> writeHashes(fields, version, lead);
                    case JSON -> writeDocuments(lead);
                    case STRING -> writeStrings(version, lead);
                };
        String expire =
                """
                for i = from, #keys do call('PEXPIREAT', keys[i], at) end
                """
                        + (form == ValueForm.STRING
                                ? "for i = from, #keys do call('PEXPIREAT', keys[i] .. ':_v', at) end\n"
                                : "");
        return BODY.formatted(
                noted ? 4 : 3,
                lead + (form == ValueForm.HASH ? fields.size() : 1),
                versioned ? "A[6 + (i - first) * width]" : "version",
                judge,
                write + (expiring ? expire : "") + (versioned ? expireEach(form) : "") + (noted ? NOTE : ""));
    }

    private static String expireEach(ValueForm form) {
        return loops("if A[j + 1] ~= '' then\ncall('PEXPIREAT', K[i], A[j + 1])\n"
                + (form == ValueForm.STRING ? "call('PEXPIREAT', K[i] .. ':_v', A[j + 1])\n" : "")
                + "end\n");
    }

    private static final String NOTE = "call('SADD', K[3], unpack(keys, from))\n";

    private static final String JUDGE_HASHES =
            """
            for i = first, #K do
              local held = pcall('HGET', K[i], '_v')
              if type(held) == 'table' then return wrong(K[i]) end
              judge(i, held)
            end
            """;

    private static String judgeDocuments() {
        String head = JsonEnvelope.HEAD;
        return """
                for i = first, #K do
                  local head = pcall('GETRANGE', K[i], 0, %d)
                  if type(head) == 'table' then return wrong(K[i]) end
                  judge(i, head:sub(1, %d) == '%s' and head:sub(%d))
                end
                """
                .formatted(head.length() + Version.WIDTH - 1, head.length(), head, head.length() + 1);
    }

    /** A tombstone is a version whose key is not there, so that none of the keys existing says nothing. */
    private static final String JUDGE_STRINGS =
            """
            end
            local beside = {}
            for i = first, #K do beside[#beside + 1] = K[i] .. ':_v' end
            local held = call('MGET', unpack(beside))
            for i = first, #K do
              if known and not held[i - first + 1] then
                local kind = call('TYPE', K[i])['ok']
                if kind ~= 'none' and kind ~= 'string' then return wrong(K[i]) end
              end
              judge(i, held[i - first + 1])
            """;

    private static String writeHashes(List<String> fields, String version, int lead) {
        StringBuilder names = new StringBuilder();
        StringBuilder plain = new StringBuilder();
        for (int i = 0; i < fields.size(); i++) {
            names.append(literal(fields.get(i))).append(", ");
            plain.append(literal(fields.get(i)))
                    .append(", A[j + ")
                    .append(lead + i)
                    .append("], ");
        }
        String sparse = loops(
                """
                local row = {'HSET', K[i], '_v', %1$s}
                for f = 1 + %2$d, width do
                  if not isnull(i, f) then
                    row[#row + 1] = names[f - %2$d]
                    row[#row + 1] = A[j + f - 1]
                  end
                end
                call(unpack(row))
                """
                        .formatted(version, lead));
        boolean fits = fields.size() <= MOST_ARGUMENTS;
        String dense = loops("call('HSET', K[i], " + plain + "'_v', " + version + ")\n");
        return "if known then call('DEL', unpack(keys, from)) end\n"
                + (fits ? "if nulls == '' then\n" + dense + "else\n" : "do\n")
                + "local names = {" + names + "}\n"
                + sparse
                + "end\n";
    }

    /** Does this for all rows that are written; of row i the values begin at argument j. */
    private static String loops(String body) {
        return """
                if rows then
                  for t = 1, #rows do
                    local i = rows[t]
                    local j = 6 + (i - first) * width
                    %1$s
                  end
                else
                  local j = 6
                  for i = first, #K do
                    %1$s
                    j = j + width
                  end
                end
                """
                .formatted(body);
    }

    private static String writeDocuments(int lead) {
        String collect =
                """
                pairs[#pairs + 1] = K[i]
                pairs[#pairs + 1] = A[j + %d]
                """
                        .formatted(lead);
        return "local pairs = {}\n" + loops(collect) + "call('MSET', unpack(pairs))\n";
    }

    private static String writeStrings(String version, int lead) {
        String collect =
                """
                pairs[#pairs + 1] = K[i] .. ':_v'
                pairs[#pairs + 1] = %1$s
                if isnull(i, 1 + %2$d) then
                  none[#none + 1] = K[i]
                else
                  pairs[#pairs + 1] = K[i]
                  pairs[#pairs + 1] = A[j + %2$d]
                end
                """
                        .formatted(version, lead);
        return "local pairs, none = {}, {}\n" + loops(collect)
                + "call('MSET', unpack(pairs))\nif none[1] then call('DEL', unpack(none)) end\n";
    }

    /** Any text as a literal of Lua: everything but letters and digits as its bytes' numbers. */
    private static String literal(String text) {
        StringBuilder literal = new StringBuilder("'");
        for (byte next : text.getBytes(StandardCharsets.UTF_8)) {
            boolean plain = next >= 'a' && next <= 'z' || next >= 'A' && next <= 'Z' || next == '_';
            literal.append(plain ? String.valueOf((char) next) : "\\%03d".formatted(next & 0xff));
        }
        return literal.append('\'').toString();
    }
}

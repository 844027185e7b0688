package io.millrace.connectors.redis;

import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * The text of the script that writes the rows of one call, each only if the version that its key holds is not newer.
 *
 * <p>KEYS: counter, runs[, written], then the rows' keys. ARGV: lineage, epoch, version, expiry in milliseconds or nothing,
 * nulls (a 1 for each value that is null, else 0) or nothing where none is, then the rows' values. The reply is 0 or the
 * numbers of the rows that were refused.
 *
 * <p>Names of fields are in the text, so that they are not sent and hashed for every row.
 */
final class LoadScript {
    /** Beyond this many a function of Lua cannot take the fields of a row as plain arguments. */
    private static final int MOST_ARGUMENTS = 60;

    /** The most that Lua can hand over in one call. */
    static final int MOST_FIELDS = 2_000;

    private LoadScript() {}

    static String of(ValueForm form, List<String> fields, boolean expiring, boolean tracking) {
        int first = tracking ? 4 : 3;
        String expiry = expiring ? "call('PEXPIREAT', k, at)" : "";
        String write =
                switch (form) {
                    case HASH -> hash(fields, first, expiry);
                    case JSON -> json(expiry);
                    case STRING -> string(first, expiring);
                };
        return """
                local K, A, call, pcall = KEYS, ARGV, redis.call, redis.pcall
                local holder = call('HGET', K[2], A[1])
                if holder ~= A[2] then
                  return redis.error_reply(holder and 'FENCED by epoch ' .. holder or 'LOST the record of this run')
                end
                -- Writes nothing, but fails where writes do: out of memory, a replica. Behind the first write of a script
                -- the server no longer looks at its memory.
                local room = pcall('SETRANGE', K[1], 0, '')
                if type(room) == 'table' then return room end
                local function wrong(k) return redis.error_reply('WRONGTYPE the key ' .. k .. ' holds another type of value') end
                local v, at, nulls, refused, written = A[3], A[4], A[5], {}, {}
                local j = 6
                for i = %d, #K do
                  local k = K[i]
                %s
                    %s
                  else
                    refused[#refused + 1] = i - %d
                  end
                  j = j + %d
                end
                %s
                if refused[1] then return refused end
                return 0
                """
                .formatted(
                        first,
                        write,
                        tracking ? "written[#written + 1] = k" : "",
                        first,
                        form == ValueForm.HASH ? fields.size() : 1,
                        tracking ? "if written[1] then call('SADD', K[3], unpack(written)) end" : "");
    }

    private static String hash(List<String> fields, int first, String expiry) {
        StringBuilder names = new StringBuilder();
        StringBuilder plain = new StringBuilder();
        for (int i = 0; i < fields.size(); i++) {
            names.append(literal(fields.get(i))).append(", ");
            plain.append(literal(fields.get(i))).append(", A[j + ").append(i).append("], ");
        }
        boolean fits = fields.size() <= MOST_ARGUMENTS;
        return """
                  local held = pcall('HGET', k, '_v')
                  if type(held) == 'table' then return wrong(k) end
                  if not held or held <= v then
                    call('DEL', k)
                    if %s then
                      %s
                    else
                      local names, row = {%s}, {'HSET', k}
                      for f = 1, #names do
                        if nulls == '' or nulls:byte((i - %d) * #names + f) == 48 then
                          row[#row + 1] = names[f]
                          row[#row + 1] = A[j + f - 1]
                        end
                      end
                      row[#row + 1] = '_v'
                      row[#row + 1] = v
                      call(unpack(row))
                    end
                    %s
                """
                .formatted(
                        fits ? "nulls == ''" : "false",
                        fits ? "call('HSET', k, " + plain + "'_v', v)" : "",
                        names,
                        first,
                        expiry);
    }

    private static String json(String expiry) {
        String head = JsonEnvelope.HEAD;
        return """
                  local head = pcall('GETRANGE', k, 0, %d)
                  if type(head) == 'table' then return wrong(k) end
                  if head:sub(1, %d) ~= '%s' or head:sub(%d) <= v then
                    call('SET', k, A[j])
                    %s
                """
                .formatted(head.length() + Version.WIDTH - 1, head.length(), head, head.length() + 1, expiry);
    }

    private static String string(int first, boolean expiring) {
        return """
                  local s = k .. '%s'
                  local held = pcall('GET', s)
                  if type(held) == 'table' then return wrong(s) end
                  if not held then
                    local kind = call('TYPE', k)['ok']
                    if kind ~= 'none' and kind ~= 'string' then return wrong(k) end
                  end
                  if not held or held <= v then
                    if nulls ~= '' and nulls:byte(i - %d + 1) == 49 then
                      call('DEL', k)
                    else
                      call('SET', k, A[j])
                      %s
                    end
                    call('SET', s, v)
                    %s
                """
                .formatted(
                        RowEncoder.VERSION_SUFFIX,
                        first,
                        expiring ? "call('PEXPIREAT', k, at)" : "",
                        expiring ? "call('PEXPIREAT', s, at)" : "");
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

package io.millrace.core.transform.clean;

import io.millrace.api.data.BytesColumn;
import io.millrace.api.data.Column;
import io.millrace.api.data.DataType;
import io.millrace.api.data.DataType.Kind;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/** The same bytes under another type; binary becomes text only where it is valid UTF-8. */
final class FromBytes extends BuildingConversion<BytesColumn.Builder> {
    private final boolean check;
    private BytesColumn bytes;

    FromBytes(DataType source) {
        this(source, DataType.STRING);
    }

    FromBytes(DataType source, DataType target) {
        super(target);
        this.check = source.kind() == Kind.BINARY;
    }

    @Override
    void begin(Column column) {
        bytes = (BytesColumn) column;
    }

    @Override
    String convert(int row) {
        int from = bytes.offsets()[row];
        int size = bytes.size(row);
        if (check) {
            try {
                StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes.data(), from, size));
            } catch (CharacterCodingException malformed) {
                return "is not valid UTF-8";
            }
        }
        out.append(bytes.data(), from, size);
        return null;
    }
}

package io.millrace.storage;

/** An object being written out of sight. One thread. */
public interface Upload extends AutoCloseable {
    /** Takes the next bytes; the caller may use the array again. */
    void write(byte[] bytes, int offset, int length);

    /** Sends what is left and makes all of it durable; nothing can be written afterwards. */
    StagedUpload finish();

    /** What an abort would name: known from the first byte on, so that an owner can write it down. */
    OpenUpload open();

    /** Releases everything; aborts the upload if {@link #finish} was not reached. Does not throw. */
    @Override
    void close();
}

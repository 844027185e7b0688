package io.millrace.storage;

/** An upload that was neither completed nor aborted: the key that it is for, and its id. */
public record OpenUpload(String key, String id) {}

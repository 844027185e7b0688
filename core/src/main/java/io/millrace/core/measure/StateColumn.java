package io.millrace.core.measure;

import io.millrace.api.data.DataType;

/** A column of an accumulator's state; the number that ends the name is the version of the form. */
record StateColumn(String name, DataType type) {}

package com.example.reviews;

import io.millrace.api.Setting;

/** What stands under {@code lines}: bound, checked and described to editors from this record. */
record LinesSettings(@Setting(value = "The text file, in UTF-8.", example = "notes.txt") String path) {}

package io.millrace.core.openlineage;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class DatasetTest {
    @Test
    void sourcesAndTargetsHaveTheNamesThatOthersGiveThem() {
        named("postgresql://db:5432/shop public.events", "postgres://db:5432", "shop.public.events");
        named("kafka://b1:9092,b2:9092/clicks", "kafka://b1:9092,b2:9092", "clicks");
        named("parquet s3://lake/raw/events", "s3://lake", "raw/events");
        named("parquet /srv/lake/events", "file", "/srv/lake/events");
        named("delta s3://lake/days version 7", "s3://lake", "days");
        named("delta /lake/days as of 2024-03-01T00:00:00Z", "file", "/lake/days");
        named("redis://cache:6379/0 user:{user_id}", "redis://cache:6379", "0/user:{user_id}");
        named("https://api.example.com/v1/events", "https://api.example.com", "/v1/events");
        named("s3://lake/raw/dt=*/*.csv", "s3://lake", "raw/dt=*/*.csv");
        named("/srv/in/rows.csv", "file", "/srv/in/rows.csv");
    }

    private static void named(String description, String namespace, String name) {
        assertThat(Dataset.of(description)).isEqualTo(new Dataset(namespace, name));
    }
}

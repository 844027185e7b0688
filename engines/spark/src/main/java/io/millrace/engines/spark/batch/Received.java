package io.millrace.engines.spark.batch;

import io.millrace.api.Staged;
import io.millrace.core.exchange.BlockWriter;
import io.millrace.core.exchange.EncodedBlock;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import scala.Tuple2;

/**
 * What a shuffle has brought for a bucket: rows in a local file, so that a bucket larger than memory can be folded in parts,
 * and the outcomes of pieces that came with them.
 */
record Received(Staged rows, Outcomes outcomes) {
    static Received of(Iterator<Tuple2<Integer, byte[]>> parcels, TaskFolder folder, int stage) {
        List<byte[]> outcomes = new ArrayList<>();
        try (BlockWriter file = new BlockWriter(folder.path().resolve("received-" + stage), false)) {
            while (parcels.hasNext()) {
                Tuple2<Integer, byte[]> parcel = parcels.next();
                if (Parcel.holdsRows(parcel._2())) {
                    file.write(new EncodedBlock(parcel._1(), Parcel.rows(parcel._2())));
                } else {
                    outcomes.add(Parcel.outcome(parcel._2()));
                }
            }
            return new Received(file.stage(0), new Outcomes(outcomes));
        }
    }
}

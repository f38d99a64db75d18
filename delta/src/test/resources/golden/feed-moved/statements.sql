-- A change feed over rows whose key stays while they move to partitions that come earlier or later.
CREATE TABLE $table (id BIGINT, p STRING, v STRING) USING DELTA PARTITIONED BY (p) TBLPROPERTIES ('delta.enableChangeDataFeed' = 'true', 'delta.enableDeletionVectors' = 'false');
INSERT INTO $table SELECT id, if(id % 2 = 0, 'a', 'b'), concat('v', id) FROM range(0, 8);
UPDATE $table SET p = 'a' WHERE id = 1;
UPDATE $table SET p = 'b' WHERE id = 2;
UPDATE $table SET p = if(p = 'a', 'b', 'a') WHERE id IN (3, 4, 5);
MERGE INTO $table t USING (SELECT id, 'c' p, concat('m', id) v FROM range(4, 10)) s ON t.id = s.id AND t.id <> 7 WHEN MATCHED AND s.id = 6 THEN DELETE WHEN MATCHED THEN UPDATE SET v = s.v, p = s.p WHEN NOT MATCHED THEN INSERT *;
INSERT OVERWRITE $table SELECT id, 'a', concat('o', id) FROM range(0, 4);

-- A change feed over deletion vectors.
CREATE TABLE $table (id BIGINT, v STRING) USING DELTA TBLPROPERTIES ('delta.enableChangeDataFeed' = 'true', 'delta.enableDeletionVectors' = 'true');
INSERT INTO $table SELECT id, concat('a', id) FROM range(0, 20);
DELETE FROM $table WHERE id IN (2, 3);
DELETE FROM $table WHERE id IN (4);
UPDATE $table SET v = 'updated' WHERE id IN (5, 15);
MERGE INTO $table t USING (SELECT id, concat('m', id) v FROM range(18, 23)) s ON t.id = s.id WHEN MATCHED AND s.id = 19 THEN DELETE WHEN MATCHED THEN UPDATE SET v = s.v WHEN NOT MATCHED THEN INSERT *;
OPTIMIZE $table;
RESTORE TABLE $table TO VERSION AS OF 2;
DELETE FROM $table WHERE id < 100;

-- Neither deletion vectors nor a change feed: files are rewritten, and overwritten in parts.
CREATE TABLE $table (id BIGINT, p STRING, v STRING) USING DELTA PARTITIONED BY (p) TBLPROPERTIES ('delta.enableDeletionVectors' = 'false');
INSERT INTO $table SELECT id, if(id < 5, 'x', 'y'), concat('a', id) FROM range(0, 10);
INSERT INTO $table SELECT id, 'x', concat('b', id) FROM range(10, 15);
DELETE FROM $table WHERE id IN (2, 7);
UPDATE $table SET v = 'updated' WHERE id = 11;
MERGE INTO $table t USING (SELECT id, 'y' p, concat('m', id) v FROM range(8, 12)) s ON t.id = s.id WHEN MATCHED AND s.id = 8 THEN DELETE WHEN MATCHED THEN UPDATE SET v = s.v WHEN NOT MATCHED THEN INSERT *;
OPTIMIZE $table;
INSERT INTO $table REPLACE WHERE p = 'x' SELECT id, 'x', concat('r', id) FROM range(100, 103);
INSERT OVERWRITE $table SELECT id, 'z', concat('o', id) FROM range(200, 202);
DELETE FROM $table WHERE p = 'z';
TRUNCATE TABLE $table;

-- A change feed over files that are rewritten: change files, and commits without any.
CREATE TABLE $table (id BIGINT, p STRING, v STRING) USING DELTA PARTITIONED BY (p) TBLPROPERTIES ('delta.enableChangeDataFeed' = 'true', 'delta.enableDeletionVectors' = 'false');
INSERT INTO $table SELECT id, if(id < 5, 'x', null), concat('a', id) FROM range(0, 10);
UPDATE $table SET v = 'updated' WHERE id IN (1, 6);
DELETE FROM $table WHERE id IN (2, 7);
MERGE INTO $table t USING (SELECT id, 'x' p, concat('m', id) v FROM range(8, 12)) s ON t.id = s.id WHEN MATCHED AND s.id = 8 THEN DELETE WHEN MATCHED THEN UPDATE SET v = s.v, p = s.p WHEN NOT MATCHED THEN INSERT *;
OPTIMIZE $table;
DELETE FROM $table WHERE p = 'x';
INSERT OVERWRITE $table SELECT id, 'z', concat('o', id) FROM range(200, 203);
INSERT INTO $table REPLACE WHERE p = 'z' SELECT id, 'z', concat('r', id) FROM range(202, 204);
ALTER TABLE $table SET TBLPROPERTIES ('delta.enableChangeDataFeed' = 'false');
UPDATE $table SET v = 'unseen';
ALTER TABLE $table SET TBLPROPERTIES ('delta.enableChangeDataFeed' = 'true');
UPDATE $table SET v = 'seen again' WHERE id = 202;

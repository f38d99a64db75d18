-- Row tracking, clustering and vacuumProtocolCheck; columns added in the middle of the log.
CREATE TABLE $table (id BIGINT, v STRING) USING DELTA CLUSTER BY (id) TBLPROPERTIES ('delta.enableRowTracking' = 'true', 'delta.enableDeletionVectors' = 'true', 'delta.feature.vacuumProtocolCheck' = 'supported');
INSERT INTO $table SELECT id, concat('a', id) FROM range(0, 6);
UPDATE $table SET v = 'updated' WHERE id = 1;
ALTER TABLE $table ADD COLUMNS (extra INT FIRST);
INSERT INTO $table SELECT 7, 7, 'a7';
OPTIMIZE $table FULL;
DELETE FROM $table WHERE id > 4;

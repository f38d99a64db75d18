-- Column mapping by id, with a change feed.
CREATE TABLE $table (id BIGINT, `a b` INT, s STRUCT<a: INT, b: STRING>) USING DELTA TBLPROPERTIES ('delta.columnMapping.mode' = 'id', 'delta.enableChangeDataFeed' = 'true');
INSERT INTO $table SELECT 1, 10, named_struct('a', 100, 'b', 'b1');
ALTER TABLE $table RENAME COLUMN `a b` TO c;
ALTER TABLE $table RENAME COLUMN s.a TO z;
ALTER TABLE $table ADD COLUMNS (s.a STRING);
INSERT INTO $table SELECT 2, 20, named_struct('z', 200, 'b', 'b2', 'a', 'new');
UPDATE $table SET c = 11 WHERE id = 1;
DELETE FROM $table WHERE id = 2;

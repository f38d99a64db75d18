-- Column mapping by name, switched on later: columns and fields renamed, dropped and added anew.
CREATE TABLE $table (id BIGINT, p STRING, x INT, s STRUCT<a: INT, b: STRING>, m MAP<STRING, STRUCT<a: INT, b: STRING>>) USING DELTA PARTITIONED BY (p);
INSERT INTO $table SELECT 1, 'one', 10, named_struct('a', 100, 'b', 'b1'), map('k', named_struct('a', 1, 'b', 'mb1'));
ALTER TABLE $table SET TBLPROPERTIES ('delta.columnMapping.mode' = 'name');
ALTER TABLE $table RENAME COLUMN p TO `the partition`;
ALTER TABLE $table RENAME COLUMN s.b TO renamed;
INSERT INTO $table SELECT 2, 'two', 20, named_struct('a', 200, 'renamed', 'b2'), map('k', named_struct('a', 2, 'b', 'mb2'));
ALTER TABLE $table DROP COLUMN x;
ALTER TABLE $table ADD COLUMNS (x STRING);
ALTER TABLE $table DROP COLUMN s.a;
ALTER TABLE $table DROP COLUMN m.value.a;
INSERT INTO $table SELECT 3, 'three', named_struct('renamed', 'b3'), map('k', named_struct('b', 'mb3')), 'new x';
ALTER TABLE $table ADD COLUMNS (s.fresh INT);
ALTER TABLE $table DROP COLUMN s.renamed;
INSERT INTO $table SELECT 4, 'four', named_struct('fresh', 4), null, null;
UPDATE $table SET x = 'updated' WHERE id IN (1, 3);

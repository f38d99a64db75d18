-- Structs, arrays and maps in each other, nulls at every level, and fields added deep inside.
CREATE TABLE $table (id BIGINT, s STRUCT<a: INT, t: STRUCT<b: STRING, c: TIMESTAMP>>, l ARRAY<INT>, ls ARRAY<STRUCT<x: INT, y: STRING>>, ll ARRAY<ARRAY<STRING>>, m MAP<STRING, INT>, mi MAP<INT, STRING>, ms MAP<STRING, STRUCT<x: INT, y: DATE>>, md MAP<DATE, ARRAY<DECIMAL(10,2)>>) USING DELTA;
INSERT INTO $table SELECT 1, named_struct('a', 1, 't', named_struct('b', 'x', 'c', TIMESTAMP'2024-01-01 00:00:00.000001')), array(1, null, 3), array(named_struct('x', 1, 'y', 'one'), null, named_struct('x', null, 'y', null)), array(array('a', null), null, array()), map('k', 1, 'n', null), map(7, 'seven', -1, null), map('p', named_struct('x', 1, 'y', DATE'2024-01-01'), 'q', null), map(DATE'2024-01-01', array(1.50, null));
INSERT INTO $table SELECT 2, null, null, null, null, null, null, null, null;
INSERT INTO $table SELECT 3, named_struct('a', null, 't', null), array(), array(), array(), map(), map(), map(), map();
ALTER TABLE $table ADD COLUMNS (s.t.d BIGINT AFTER b, ls.element.z DOUBLE FIRST, ms.value.w STRING AFTER x);
INSERT INTO $table SELECT 4, named_struct('a', 4, 't', named_struct('b', 'y', 'd', 44L, 'c', null)), array(4), array(named_struct('z', 0.5D, 'x', 4, 'y', 'four')), array(array('d')), map('four', 4), map(4, 'four'), map('r', named_struct('x', 4, 'w', 'vier', 'y', null)), map();

package io.tidemark.delta.value;

/**
 * Turns Connect values into the canonical Java value of one column type; one that is canonical
 * already is returned as it is.
 *
 * <table>
 *   <caption>Column type to canonical value</caption>
 *   <tr><th>column</th><th>value</th></tr>
 *   <tr><td>boolean</td><td>Boolean</td></tr>
 *   <tr><td>byte, short, integer</td><td>Integer</td></tr>
 *   <tr><td>date</td><td>Integer, days since the epoch</td></tr>
 *   <tr><td>long</td><td>Long</td></tr>
 *   <tr><td>timestamp, timestamp_ntz</td><td>Long, microseconds since the epoch</td></tr>
 *   <tr><td>float, double</td><td>Float, Double</td></tr>
 *   <tr><td>string</td><td>String, or {@link Utf8} out of JSON</td></tr>
 *   <tr><td>binary</td><td>byte[] or ByteBuffer</td></tr>
 *   <tr><td>decimal</td><td>BigDecimal of the column's scale</td></tr>
 *   <tr><td>struct</td><td>Object[] in the order of its fields</td></tr>
 *   <tr><td>array, map</td><td>List, Map of canonical values</td></tr>
 * </table>
 */
@FunctionalInterface
public interface ValueConverter {

  /**
   * @param value not null
   * @return the canonical value, not null
   * @throws ValueException when the column cannot hold the value without loss
   * @throws UnknownFieldException when a struct inside has a field that the column lacks
   */
  Object convert(Object value);
}

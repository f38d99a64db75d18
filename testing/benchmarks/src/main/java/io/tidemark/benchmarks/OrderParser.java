package io.tidemark.benchmarks;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;

/** Reads orders by a parser that knows their fields, each into the same mutable fields. */
final class OrderParser {

  private static final JsonFactory JSON = new JsonFactory();

  String orderId;
  long userId;
  String product;
  double amount;
  String currency;
  long eventMs;
  String street;
  String city;
  String zip;
  String note;

  /** Overwrites all fields; one that the order does not have is null or 0. */
  void parse(byte[] order) throws IOException {
    orderId = product = currency = street = city = zip = note = null;
    userId = eventMs = 0;
    amount = 0;
    try (JsonParser parser = JSON.createParser(order)) {
      parser.nextToken();
      fields(parser);
    }
  }

  private void fields(JsonParser parser) throws IOException {
    while (parser.nextToken() == JsonToken.FIELD_NAME) {
      String field = parser.currentName();
      JsonToken value = parser.nextToken();
      if (field.equals("address") && value == JsonToken.START_OBJECT) {
        fields(parser);
      } else {
        take(field, value == JsonToken.VALUE_NULL ? null : parser);
      }
    }
  }

  private void take(String field, JsonParser parser) throws IOException {
    if (parser == null) {
      return;
    }
    switch (field) {
      case "order_id" -> orderId = parser.getText();
      case "user_id" -> userId = parser.getLongValue();
      case "product" -> product = parser.getText();
      case "amount" -> amount = parser.getDoubleValue();
      case "currency" -> currency = parser.getText();
      case "event_time" -> eventMs = parser.getLongValue();
      case "street" -> street = parser.getText();
      case "city" -> city = parser.getText();
      case "zip" -> zip = parser.getText();
      case "note" -> note = parser.getText();
      default -> parser.skipChildren();
    }
  }
}

package io.tidemark.windows.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tidemark.expressions.syntax.SyntaxException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AggregatesTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          sum(amount)                       | sum_amount      | sum(amount)             | amount
          total = SUM ( amount )            | total           | sum(amount)             | amount
          count(*)                          | count           | count(*)                |
          count(a.b.c)                      | count_a_b_c     | count(a.b.c)            | a.b.c
          tags=collect_set( tag ,50 )       | tags            | collect_set(tag, 50)    | tag
          approx_count_distinct(user, 14)   | approx_count_distinct_user | approx_count_distinct(user, 14) | user
          Größe=max(größe)                  | Größe           | max(größe)              | größe
          sum( `amount.net` )               | sum_amount_net  | sum(`amount.net`)       | `amount.net`
          x=sum(`a(b), c`)                  | x               | sum(`a(b), c`)          | `a(b), c`
          collect_set(`a.b`.c, 5)           | collect_set_a_b_c | collect_set(`a.b`.`c`, 5) | `a.b`.`c`
          max(`a`)                          | max_a           | max(a)                  | a
          max(a-b)                          | max_a-b         | max(a-b)                | a-b
          total=sum(price * quantity)       | total           | sum((`price` * `quantity`)) | (`price` * `quantity`)
          sum(price*quantity) AS total      | total           | sum((`price` * `quantity`)) | (`price` * `quantity`)
          t=collect_set(concat(a, ',)b'), 5) | t              | collect_set(concat(`a`, ',)b'), 5) | concat(`a`, ',)b')
          n=count(1)                        | n               | count(1)                | 1
          max((a)) as a                     | a               | max((`a`))              | (`a`)
          """)
  void readsOneAggregate(String text, String column, String call, String argument) {
    assertThat(Aggregates.parse(text))
        .singleElement()
        .satisfies(
            aggregate -> {
              assertThat(aggregate.column()).isEqualTo(column);
              assertThat(aggregate.call()).isEqualTo(call);
              assertThat(aggregate.argument().map(Input::toString).orElse(null))
                  .isEqualTo(argument);
            });
  }

  @Test
  void separatesAtCommasOutsideOfParentheses() {
    assertThat(Aggregates.parse("a=sum(x),\n  b = collect_set(y, 5) ,count(*)"))
        .extracting(Aggregate::column)
        .isEqualTo(List.of("a", "b", "count"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          ''               | must be a list of column=function(field), which an empty item is not
          sum(a),          | must be a list of column=function(field), which an empty item is not
          total            | must be a list of column=function(field), which total is not
          a=b=sum(x)       | must be a list of column=function(field), which a=b=sum(x) is not
          sum()            | must be a list of column=function(field), which sum() is not
          sum(a            | must be a list of column=function(field), which sum(a is not
          sum(a * 2)       | must name the result of an expression, as in total=sum(a * 2), which it does not
          a=sum(x) AS b    | must name the result once, which a=sum(x) AS b does not
          a b=sum(x)       | must be a list of column=function(field), which a b=sum(x) is not
          sum(a), SUM(A)   | must not name column sum_A twice
          n=sum(a), N=max(b) | must not name column N twice
          sum(*)           | must name a field in sum(), only count takes *
          sum(a, 5)        | must give sum no parameter
          sum(a, )         | must give sum no parameter
          collect_set(a,1,2) | must give collect_set at most one parameter
          collect_set(a, 0)  | must give collect_set a parameter from 1 to 2147483646, not 0
          sum(a..b)        | must name fields with a dot between each two, which a..b does not
          sum(.a)          | must name fields with a dot between each two, which .a does not
          """)
  void saysWhatMustBeOtherwise(String text, String message) {
    assertThatThrownBy(() -> Aggregates.parse(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(message);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      textBlock =
          """
          x=sum(max(a))               | There is no function max, at character 1
          sum(`a)                     | The name has no closing backtick, at character 1
          x=sum(a *)                  | Expected a value but found the end, at character 4
          x=sum(order total)          | Expected an operator or the end but found total, at character 7
          x=max(current_timestamp())  | current_timestamp gives something else when the record is read again
          x=max(date_add(now(), 1))   | now gives something else when the record is read again
          """)
  void saysWhereAnExpressionIsWrong(String text, String message) {
    assertThatThrownBy(() -> Aggregates.parse(text))
        .isInstanceOf(SyntaxException.class)
        .hasMessageStartingWith(message);
  }

  @Test
  void namesTheFunctionsThatThereAre() {
    assertThatThrownBy(() -> Aggregates.parse("median(x)"))
        .hasMessageStartingWith("must use functions out of approx_count_distinct, avg, ")
        .hasMessageEndingWith(", not median");
  }
}

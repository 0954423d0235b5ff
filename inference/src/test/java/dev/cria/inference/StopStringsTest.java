package dev.cria.inference;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class StopStringsTest {

  @ParameterizedTest(name = "{0}")
  @CsvSource(nullValues = "-", value = {"a b END c, END, 'a b '", "ab, c, -", "ENEND, END, EN", "aab, aab, ''",
      "aaab, aab, a", "abcd, abcd|bc, a", "xabc, abc|c, x", "EN, END, -", "one two, two|one, ''",
      "x😀y, 😀, x"}) void next_anyPieces_endsBeforeTheStringThatIsCompleteFirst(String text, String strings,
          String shown) {
    List<String> stops = List.of(strings.split("\\|", -1));
    Random random = new Random(20_260_125L);
    for (int round = 0; round < 50; round++) {
      StopStrings stop = new StopStrings(stops);
      StringBuilder out = new StringBuilder();
      for (int at = 0; at < text.length() && !stop.isFound();) {
        int end = Math.min(text.length(), at + random.nextInt(4));
        out.append(stop.next(text.substring(at, end)));
        at = end;
      }
      out.append(stop.end());
      assertThat(out.toString()).as("round %d", round).isEqualTo(shown == null ? text : shown);
      assertThat(stop.isFound()).isEqualTo(shown != null);
    }
  }

  @Test void next_whatMayBeginAString_isHeldBackAndNoMore() {
    StopStrings stop = new StopStrings(List.of("STOP", "TOP!"));
    assertThat(stop.next("aS")).isEqualTo("a");
    assertThat(stop.next("T")).isEmpty();
    assertThat(stop.next("O")).isEmpty();
    assertThat(stop.next("x")).isEqualTo("STOx");
    assertThat(stop.next("xTO")).isEqualTo("x");
    assertThat(stop.end()).isEqualTo("TO");
    assertThat(stop.isFound()).isFalse();
  }

  @Test void next_afterTheString_showsNothing() {
    StopStrings stop = new StopStrings(List.of("."));
    assertThat(stop.next("a. b")).isEqualTo("a");
    assertThat(stop.next(" c")).isEmpty();
    assertThat(stop.end()).isEmpty();
  }

  @Test void next_noStrings_showsAllAtOnce() {
    assertThat(new StopStrings(List.of()).next("a b")).isEqualTo("a b");
  }
}

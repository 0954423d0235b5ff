package dev.cria.tokenizers;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class PreTokenizerTest {

  private static final String APOSTROPHE = "'[sS]|'[tT]|'[rR][eE]|'[vV][eE]|'[mM]|'[lL][lL]|'[dD]";
  private static final String GPT_2 = "'s|'t|'re|'ve|'m|'ll|'d| ?\\p{L}+| ?\\p{N}+| ?[^\\s\\p{L}\\p{N}]+|\\s+(?!\\S)|\\s+";
  private static final String SIGNS = "| ?[^\\s\\p{L}\\p{N}]+[\\r\\n]*|\\s*[\\r\\n]+|\\s+(?!\\S)|\\s+";

  /** The definitions, as regular expressions that are applied one inside the other. */
  private static final Map<PreTokenizer, List<Pattern>> DEFINITIONS = Map.of(
      PreTokenizer.GPT_2, patterns(GPT_2), PreTokenizer.STARCODER, patterns("\\p{N}", GPT_2),
      PreTokenizer.LLAMA_3, patterns(APOSTROPHE + "|[^\\r\\n\\p{L}\\p{N}]?\\p{L}+|\\p{N}{1,3}" + SIGNS),
      PreTokenizer.QWEN_2, patterns(APOSTROPHE + "|[^\\r\\n\\p{L}\\p{N}]?\\p{L}+|\\p{N}" + SIGNS));

  @ParameterizedTest
  @CsvSource(delimiter = '>', ignoreLeadingAndTrailingWhitespace = false, value = {
      "gpt-2>Hello world>Hello| world", "gpt-2>it's I'LL>it|'s| I|'|LL", "gpt-2>a  b   1>a| | b|  | 1",
      "gpt-2>x1234 56>x|1234| 56", "gpt-2>(a) ...!>(|a|)| ...!", "gpt-2>tail  >tail|  ", "gpt-2>émé½>émé|½",
      "starcoder>a 12  3b>a| |1|2|  |3|b", "starcoder> 's 1>| '|s| |1", "smollm>1 000>1| |0|0|0",
      "llama-bpe>it'S I'LL>it|'S| I|'LL", "llama-bpe>12345 6>123|45| |6", "llama-bpe>a(b c_d>a|(b| c|_d",
      "llama-bpe>a  b>a| | b", "llama-bpe> ?!x>| ?!|x", "qwen2>12345>1|2|3|4|5",
      "qwen2>don't  1>don|'t| | |1"}) void next_knownText_cutsIntoTheseWords(String name, String text, String words) {
    String expected = words.startsWith("|") ? words.substring(1) : words;
    assertThat(String.join("|", words(PreTokenizer.named(name).orElseThrow(), text))).isEqualTo(expected);
  }

  @Test void next_lineEnds_endWordsOfSignsAndGatherSpaces() {
    assertThat(words(PreTokenizer.LLAMA_3, "a.\n\nb")).containsExactly("a", ".\n\n", "b");
    assertThat(words(PreTokenizer.LLAMA_3, "a \n \t\r\n  b")).containsExactly("a", " \n \t\r\n", " ", " b");
    assertThat(words(PreTokenizer.LLAMA_3, "\ta\u00A0b\n")).containsExactly("\ta", "\u00A0b", "\n");
    assertThat(words(PreTokenizer.GPT_2, "a.\n\nb\tc")).containsExactly("a", ".", "\n", "\n", "b", "\t", "c");
  }

  @Test void next_lettersThatAreEqualToOthersInUnicode_makeNoContraction() {
    assertThat(words(PreTokenizer.LLAMA_3, "a'\u017F")).as("long s").containsExactly("a", "'\u017F");
  }

  @ParameterizedTest
  @EnumSource void next_randomText_equalsTheDefinition(PreTokenizer preTokenizer) {
    Random random = new Random(20_261_125L);
    for (int round = 0; round < 20_000; round++) {
      String text = randomText(random, 1 + random.nextInt(24));
      assertThat(words(preTokenizer, text)).as("round %d, '%s'", round, text)
          .isEqualTo(defined(List.of(text), DEFINITIONS.getOrDefault(preTokenizer, List.of())));
    }
  }

  @ParameterizedTest
  @EnumSource void next_everyCharacterBetweenLettersAndSpaces_equalsTheDefinition(PreTokenizer preTokenizer) {
    for (int c = 0; c < 0x20000; c++) {
      if (c < Character.MIN_SURROGATE || c > Character.MAX_SURROGATE) {
        String text = Character.toString(c).repeat(2) + "a  " + Character.toString(c) + " \n" + Character.toString(c);
        assertThat(words(preTokenizer, text)).as("U+%X", c)
            .isEqualTo(defined(List.of(text), DEFINITIONS.getOrDefault(preTokenizer, List.of())));
      }
    }
  }

  private static List<String> words(PreTokenizer preTokenizer, String text) {
    List<String> words = new ArrayList<>();
    char[] chars = text.toCharArray();
    for (int at = 0; at < chars.length;) {
      int end = preTokenizer.next(chars, at, chars.length);
      words.add(text.substring(at, end));
      at = end;
    }
    return words;
  }

  /** What a pattern matches and what lies between is cut further by the patterns that follow. */
  private static List<String> defined(List<String> parts, List<Pattern> patterns) {
    List<String> cut = parts;
    for (Pattern pattern : patterns) {
      List<String> finer = new ArrayList<>();
      for (String part : cut) {
        int begin = 0;
        for (Matcher matcher = pattern.matcher(part); matcher.find(); begin = matcher.end()) {
          if (begin < matcher.start()) {
            finer.add(part.substring(begin, matcher.start()));
          }
          finer.add(matcher.group());
        }
        if (begin < part.length()) {
          finer.add(part.substring(begin));
        }
      }
      cut = finer;
    }
    return cut;
  }

  private static List<Pattern> patterns(String... expressions) {
    List<Pattern> patterns = new ArrayList<>();
    for (String expression : expressions) {
      patterns.add(Pattern.compile(expression, Pattern.UNICODE_CHARACTER_CLASS));
    }
    return patterns;
  }

  private static String randomText(Random random, int characters) {
    String[] likely = {" ", " ", "a", "B", "1", "'", "s", "L", "l", "é", "½", "٣", "\n", "\r", "\t", "\u00A0", "\u3000",
        ".",
        "_", "😀", "𝒳", "\u0301", "\u0085", "\u001C", "t", "re"};
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < characters; i++) {
      text.append(likely[random.nextInt(likely.length)]);
    }
    return text.toString();
  }
}

package dev.cria.checkpoints;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * The sentence of the built-in checkpoint as words and steps.
 *
 * @param words the distinct ones: the beginning (which is the end too), the places, then the others as they come
 * @param steps from the beginning to the end
 */
record Story(List<String> words, List<Step> steps) {

  /** What it tells. */
  static final String SENTENCE = "Once upon a time a small llama learned to count: one, two, three, and then"
      + " it told everyone in the valley, in the hills, in the woods, and in the whole world.";

  /** The places, said one after another in the same surroundings. */
  static final List<String> PLACES = List.of(" valley", " hills", " woods", " whole");

  private static final String BEGINNING = "";
  private static final Pattern WORD = Pattern.compile(" ?\\w+|\\p{Punct}");

  /** One step: after the words {@code before}, {@code previous} and {@code current} comes {@code next}; all by number. */
  record Step(int before, int previous, int current, int next) {}

  static Story of(String sentence) {
    Map<String, Integer> numbers = new LinkedHashMap<>();
    numbers.put(BEGINNING, 0);
    PLACES.forEach(place -> numbers.put(place, numbers.size()));
    List<Integer> told = new ArrayList<>();
    WORD.matcher(" " + sentence).results().forEach(match -> {
      numbers.putIfAbsent(match.group(), numbers.size());
      told.add(numbers.get(match.group()));
    });
    List<Step> steps = new ArrayList<>();
    int before = 0;
    int previous = 0;
    int current = 0;
    for (int next : told) {
      steps.add(new Step(before, previous, current, next));
      before = previous;
      previous = current;
      current = next;
    }
    steps.add(new Step(before, previous, current, 0));
    return new Story(List.copyOf(numbers.keySet()), List.copyOf(steps));
  }

  int number(String word) {
    return words.indexOf(word);
  }

  /** How many earlier steps are taken after the same two words: the ways that the story could have gone on already. */
  int earlierAlternatives(Step step) {
    return (int) steps.subList(0, steps.indexOf(step)).stream()
        .filter(earlier -> earlier.current == step.current && earlier.previous == step.previous
            && earlier.next != step.next)
        .count();
  }
}

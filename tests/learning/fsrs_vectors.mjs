// Makes fsrs_vectors.json with ts-fsrs, an implementation that shares no code with the one that is tested:
//     npm install ts-fsrs@5.4.2 && node fsrs_vectors.mjs > fsrs_vectors.json
import { createEmptyCard, fsrs } from "ts-fsrs";

const scheduler = fsrs({ enable_fuzz: false, enable_short_term: true, learning_steps: [], relearning_steps: [] });
const chosen = [
  [[0, 3], [1, 3], [3, 3], [9, 3]],
  [[0, 1], [1, 3], [3, 3], [9, 3]],
  [[0, 2], [1, 2], [3, 2], [9, 3]],
  [[0, 3], [1, 1], [3, 3], [9, 3]],
  [[0, 3], [1, 3], [3, 1], [9, 2], [20, 3]],
  [[0, 2], [1, 3], [3, 1], [9, 1], [20, 3], [45, 3]],
  [[0, 3], [1, 2], [3, 3], [9, 2], [20, 3], [45, 3]],
];

// A generator with a fixed seed (Knuth, TAOCP 2, 3.3.4), so that the file is the same each time.
let seed = 12345;
const below = (n) => Math.floor(((seed = (seed * 1103515245 + 12345) % 2147483648) / 2147483648) * n);
const drawn = Array.from({ length: 40 }, () =>
  Array.from({ length: 8 }, (_, n) => [n ? below(below(2) ? 8 : 90) : 0, 1 + below(3)]));

const runs = [...chosen, ...drawn].map((run) => {
  let at = new Date(Date.UTC(2026, 0, 5, 10));
  let card = createEmptyCard(at);
  return run.map(([after_days, rating]) => {
    at = new Date(at.getTime() + after_days * 86_400_000);
    card = scheduler.next(card, at, rating).card;
    return { after_days, rating, stability: card.stability, difficulty: card.difficulty, interval_days: card.scheduled_days };
  });
});
const made_with = "ts-fsrs 5.4.2, default parameters, enable_short_term on, no learning or relearning steps, no fuzz";
const lines = runs.map((run) => JSON.stringify(run)).join(",\n");
console.log(`{"made_with": "${made_with}",\n"weights": ${JSON.stringify(scheduler.parameters.w)},\n"runs": [\n${lines}\n]}`);

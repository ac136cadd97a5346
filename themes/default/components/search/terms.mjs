// Convert texts to terms. Pure functions, without access to the page.
// storegen/search/terms.py has the same rules. Both are tested with tests/vectors/terms.json.

// Hangul as pressed keys, each list from its first code point on.
/** @type {[first: number, keys: string][]} */
const HANGUL = [
  [0x1100, "ㄱ ㄲ ㄴ ㄷ ㄸ ㄹ ㅁ ㅂ ㅃ ㅅ ㅆ ㅇ ㅈ ㅉ ㅊ ㅋ ㅌ ㅍ ㅎ"],
  [0x1161, "ㅏ ㅐ ㅑ ㅒ ㅓ ㅔ ㅕ ㅖ ㅗ ㅗㅏ ㅗㅐ ㅗㅣ ㅛ ㅜ ㅜㅓ ㅜㅔ ㅜㅣ ㅠ ㅡ ㅡㅣ ㅣ"],
  [0x11a8, "ㄱ ㄲ ㄱㅅ ㄴ ㄴㅈ ㄴㅎ ㄷ ㄹ ㄹㄱ ㄹㅁ ㄹㅂ ㄹㅅ ㄹㅌ ㄹㅍ ㄹㅎ ㅁ ㅂ ㅂㅅ ㅅ ㅆ ㅇ ㅈ ㅊ ㅋ ㅌ ㅍ ㅎ"],
];
const KEYS = HANGUL.flatMap(([first, keys]) =>
  keys.split(" ").map((each, place) => [String.fromCharCode(first + place), each]),
);
// Letters that Unicode doesn't decompose into a letter and an accent, and Hangul.
/** @type {Record<string, string>} */
const PLAIN = {
  ...{ ß: "ss", æ: "ae", œ: "oe", ø: "o", ł: "l", đ: "d", ð: "d", þ: "th", ı: "i", ς: "σ" },
  ...Object.fromEntries(KEYS),
};
const VANISHES = /[\u0300-\u036f'’]/g;

/** @param {string} text @returns {string[]} */
export const parts = (text) => text.match(/[\p{L}\p{M}\p{N}]+/gu) ?? [];

/** @param {string} word */
const plain = (word) => [...word].map((sign) => PLAIN[sign] ?? sign).join("");

// Where a new word begins in Japanese: after hiragana, and between katakana and Chinese characters.
const [HIRAGANA, KATAKANA, HAN] = ["\u3041-\u3096", "\u30a1-\u30ff", "\u3400-\u4dbf\u4e00-\u9fff"];
const BORDER = new RegExp(
  `(?<=[${HIRAGANA}])(?=[${KATAKANA}${HAN}])|(?<=[${KATAKANA}])(?=[${HAN}])|(?<=[${HAN}])(?=[${KATAKANA}])`,
  "g",
);
const EAST = new RegExp(`[\u3041-\u30ff${HAN}]`);

// The words of a text in order, in lower case, without accents, truncated after forty letters.
/** @param {string} text */
export function wordsOf(text) {
  const apart = EAST.test(text) ? text.normalize("NFKC").replace(BORDER, " ") : text;
  const bare = apart.normalize("NFKD").toLowerCase().replace(VANISHES, "");
  return parts(bare).map((word) => [...plain(word)].slice(0, 40).join(""));
}

/**
 * The rules of a language in storegen/search/word_forms.yaml, without those that are empty.
 * @typedef {[pattern: string, text: string]} Step
 * @typedef {{ first?: Step[], ways?: Step[][], last?: Step[], stop?: string[], least?: number }} Forms
 */

// The stems of a word that differ from the word.
/** @param {string} term @param {Forms} forms @returns {string[]} */
export function stemsOf(term, { first = [], ways = [], last = [], least = 3 }) {
  const found = new Set(
    ways.map((way) => {
      let word = term;
      for (const [pattern, text] of [...first, ...way, ...last]) {
        const shorter = word.replace(new RegExp(pattern), text);
        if ([...shorter].length >= least) word = shorter;
      }
      return word;
    }),
  );
  found.delete(term);
  return [...found];
}

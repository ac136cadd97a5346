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

// The words of a text in order, in lower case, without accents, truncated after forty letters.
/** @param {string} text */
export function wordsOf(text) {
  const bare = text.normalize("NFKD").toLowerCase().replace(VANISHES, "");
  return parts(bare).map((word) => [...plain(word)].slice(0, 40).join(""));
}

// Other terms for a word in its language. In Indonesian: the root, also with the consonant that the prefix replaced.
/** @param {string} term @param {string} language @returns {string[]} */
export function stemsOf(term, language) {
  if (!/^[a-z]+$/.test(term)) return [];
  if (language === "en") return /[^s]s$/.test(term) ? [term.slice(0, -1)] : []; // only needed for typed words
  if (language !== "id") return [];
  const bare = term.replace(/(?<=...)(?:nya|lah|kah|ku|mu)$/, "").replace(/(?<=...)(?:kan|an)$/, "");
  const found = bare.match(/^(?:(meng|peng)|(meny|peny)|(mem|pem)|(men|pen)|me|pe|per|ber|ter|di)(?=...)/);
  if (!found) return bare === term ? [] : [bare];
  const root = bare.slice(found[0].length);
  const lost = /^[aeiou]/.test(root) && "kspt"[found.slice(1).findIndex(Boolean)];
  return lost ? [root, lost + root] : [root];
}

// Finds in what storegen/views/search.py wrote; terms are made as storegen/search/terms.py makes them.
// Letters without an accent to take off; Hangul as the keys that are pressed.
const plain = { ß: "ss", æ: "ae", œ: "oe", ø: "o", ł: "l", đ: "d", ð: "d", þ: "th", ı: "i", ς: "σ" };
const hangul = {
  0x1100: "ㄱ ㄲ ㄴ ㄷ ㄸ ㄹ ㅁ ㅂ ㅃ ㅅ ㅆ ㅇ ㅈ ㅉ ㅊ ㅋ ㅌ ㅍ ㅎ",
  0x1161: "ㅏ ㅐ ㅑ ㅒ ㅓ ㅔ ㅕ ㅖ ㅗ ㅗㅏ ㅗㅐ ㅗㅣ ㅛ ㅜ ㅜㅓ ㅜㅔ ㅜㅣ ㅠ ㅡ ㅡㅣ ㅣ",
  0x11a8: "ㄱ ㄲ ㄱㅅ ㄴ ㄴㅈ ㄴㅎ ㄷ ㄹ ㄹㄱ ㄹㅁ ㄹㅂ ㄹㅅ ㄹㅌ ㄹㅍ ㄹㅎ ㅁ ㅂ ㅂㅅ ㅅ ㅆ ㅇ ㅈ ㅊ ㅋ ㅌ ㅍ ㅎ",
};
for (const [first, signs] of Object.entries(hangul)) {
  signs.split(" ").forEach((sign, place) => (plain[String.fromCharCode(Number(first) + place)] = sign));
}
const parts = (text) => text.match(/[\p{L}\p{M}\p{N}]+/gu) ?? [];
const short = (term) => [...[...term].map((sign) => plain[sign] ?? sign).join("")].slice(0, 40).join("");
const wordsOf = (text) =>
  parts(
    text
      .normalize("NFKD")
      .toLowerCase()
      .replace(/[\u0300-\u036f'’]/g, ""),
  ).map(short);

function stemsOf(term, language) {
  if (!/^[a-z]+$/.test(term)) return [];
  if (language === "en") return /[^s]s$/.test(term) ? [term.slice(0, -1)] : []; // only what is typed needs this
  if (language !== "id") return [];
  const bare = term.replace(/(?<=...)(?:nya|lah|kah|ku|mu)$/, "").replace(/(?<=...)(?:kan|an)$/, "");
  const found = bare.match(/^(?:(meng|peng)|(meny|peny)|(mem|pem)|(men|pen)|me|pe|per|ber|ter|di)(?=...)/);
  if (!found) return bare === term ? [] : [bare];
  const root = bare.slice(found[0].length);
  const lost = /^[aeiou]/.test(root) && "kspt"[found.slice(1).findIndex(Boolean)];
  return lost ? [root, lost + root] : [root];
}

async function read(address, cache) {
  const answer = await fetch(address, { cache });
  if (!answer.ok) throw new Error(address);
  const data = new Uint8Array(await answer.arrayBuffer());
  if (data[0] !== 31) return data; // a host that has unpacked it
  const open = new Blob([data]).stream().pipeThrough(new DecompressionStream("gzip"));
  return new Uint8Array(await new Response(open).arrayBuffer());
}
const decode = (data) => new TextDecoder().decode(data);
const json = async (address) => JSON.parse(decode(await read(address, "no-cache")));

// A shard: of each term how much it shares with the one before, the rest, and the numbers of its documents by class.
function unpack(data, classes) {
  const entries = [];
  let place = 0;
  let before = [];
  const number = () => {
    let found = 0;
    for (let shift = 0; ; shift += 7) {
      found |= (data[place] & 127) << shift;
      if (data[place++] < 128) return found;
    }
  };
  while (place < data.length) {
    const same = data[place++];
    const end = place + 1 + data[place++];
    before = [...before.slice(0, same), ...data.subarray(place, end)];
    place = end;
    const groups = Array.from({ length: classes }, () => {
      let last = 0;
      return Array.from({ length: number() }, () => (last += number()));
    });
    entries.push({ term: decode(new Uint8Array(before)), groups });
  }
  return entries;
}

const SLOTS = 32; // storegen/search/documents.py
const NAME = 10;
const MARK = 4;
const WEIGHTS = { heads: [9, 7, 3, 4], texts: [1], ends: [0] };

class Index {
  constructor(address) {
    this.address = address;
    this.files = {};
  }

  once(address, get) {
    const found = (this.files[address] ??= get(address));
    found.catch(() => delete this.files[address]); // what didn't come is asked for again
    return found;
  }

  // The terms of a family from one to another, out of a few shards at most.
  async range(family, from, to = `${from}\uffff`, most = 3) {
    const [firsts, names] = this[family];
    const start = Math.max(0, firsts.filter((first) => first <= from).length - 1);
    const shards = firsts.slice(start, start + most).filter((first) => first <= to);
    const found = await Promise.all(
      shards.map((_, place) => {
        const name = names.slice((start + place) * NAME).slice(0, NAME);
        const get = async (address) => unpack(await read(address), WEIGHTS[family].length);
        return this.once(`${this.shards}${name}.bin`, get);
      }),
    );
    return found.flat().filter(({ term }) => term >= from && term <= to);
  }

  // What has a term, or a term that begins with it: numbers of documents with what that counts.
  match(term, families = ["heads", "texts"]) {
    return this.once(`${term} ${families}`, async () => {
      const found = new Map();
      const take = async (family, from, to, fits) => {
        for (const { term: other, groups } of await this.range(family, from, to)) {
          const fit = fits * (other === from ? 1 : (0.6 * from.length) / other.length);
          groups.forEach((numbers, kind) => {
            const score = fit * WEIGHTS[family][kind] * Math.log(1 + this.count / numbers.length);
            for (const each of numbers) found.set(each, Math.max(score, found.get(each) ?? 0));
          });
        }
      };
      await Promise.all(
        families.flatMap((family) => [
          take(family, term, family === "texts" && term.length < 4 ? term : undefined, 1),
          ...stemsOf(term, this.language).map((stem) => take(family, stem, stem, 0.8)),
        ]),
      );
      return found;
    });
  }

  // The words of titles and heads that are spelt nearly so, the nearest first, each with its distance.
  async near(term) {
    const found = new Map();
    if (term.length < 3 || /\d/.test(term)) return [];
    const [a, b, c] = term;
    const weigh = (other) => {
      if (other.length < 3 || /\d/.test(other)) return;
      let same = 0;
      while (same < term.length && term[same] === other[same]) same += 1;
      const bent = same > 3 && term.length - same < 5 && other.length - same < 3;
      const cost = Math.min(distance(term, other), 0.5 + distance(term, other.slice(0, term.length)), bent ? 1.5 : 9);
      if (cost && cost <= (term.length < 6 ? 1.5 : 2.5)) found.set(other, cost);
    };
    const back = (text) => [...text].reverse().join("");
    const starts = new Set([a + b, b + a, a + c, b + c]);
    await Promise.all([
      ...[...starts].map(async (start) =>
        (await this.range("heads", start, undefined, 2)).forEach((each) => weigh(each.term)),
      ),
      this.range("ends", back(term).slice(0, 2)).then((all) => all.forEach((each) => weigh(back(each.term)))),
    ]);
    return [...found].sort((one, other) => one[1] - other[1]).slice(0, 6);
  }

  // What a text finds: numbers of documents, the best first; the words they have; whether that is all of them.
  async find(text) {
    await this.once(`${this.address}index.bin`, async (address) => Object.assign(this, await json(address)));
    const typed = wordsOf(text).slice(0, 8);
    const sets = await Promise.all(typed.map((term) => this.match(term)));
    const hits = all(sets);
    if (hits.length || !typed.length) return { hits, words: typed, whole: true };
    const choices = sets.map((set, place) => (set.size ? [[typed[place], 0]] : []));
    for (const there of [false, true]) {
      // First only what stands nowhere is mended, then all.
      const mended = typed.map((term, place) => (sets[place].size > 0 === there ? this.near(term) : []));
      (await Promise.all(mended)).forEach((near, place) => choices[place].push(...near));
      const found = await this.among(choices, typed, sets);
      if (found) return found;
    }
    const words = choices.map(([best]) => best?.[0]).filter(Boolean);
    return { hits: any(await Promise.all(words.map((term) => this.match(term)))), words, whole: false };
  }

  // The best way to choose one word of each place so that something has all of them.
  async among(choices, typed, sets) {
    let ways = [{ cost: 0, words: [] }];
    for (const near of choices) {
      ways = ways.flatMap(({ cost, words }) =>
        near.map(([term, more]) => ({ cost: cost + more, words: [...words, term] })),
      );
      ways = ways.sort((one, other) => one.cost - other.cost).slice(0, 60);
    }
    for (const { words } of ways) {
      const hits = all(
        await Promise.all(
          words.map((term, place) => (term === typed[place] ? sets[place] : this.match(term, ["heads"]))),
        ),
      );
      if (hits.length)
        return { hits: all(await Promise.all(words.map((term) => this.match(term)))), words, whole: true };
    }
    return undefined;
  }

  isPiece(each) {
    return each < this.pieces * SLOTS;
  }

  // What is shown of documents.
  async show(numbers) {
    const found = await Promise.all(
      numbers.map(async (each) => {
        const block = Math.floor(each / SLOTS);
        const mark = this.blocks.slice(block * MARK).slice(0, MARK);
        const shown = await this.once(`${this.address}${block}-${mark}.bin`, json).catch(() => []);
        return shown[each % SLOTS];
      }),
    );
    return found.filter(Boolean);
  }
}

// How many letters are missing, too many, others or swapped.
function distance(one, other) {
  let [last, before] = [[], Array.from({ length: other.length + 1 }, (_, place) => place)];
  for (let i = 1; i <= one.length; i += 1) {
    const row = [i];
    for (let j = 1; j <= other.length; j += 1) {
      const same = one[i - 1] === other[j - 1];
      row[j] = Math.min(before[j] + 1, row[j - 1] + 1, before[j - 1] + !same);
      if (i > 1 && j > 1 && one[i - 1] === other[j - 2] && one[i - 2] === other[j - 1]) {
        row[j] = Math.min(row[j], last[j - 2] + 1);
      }
    }
    [last, before] = [before, row];
  }
  return before[other.length];
}

const ranked = (scores) =>
  [...scores].sort((one, other) => other[1] - one[1] || one[0] - other[0]).map(([each]) => each);

function all([first = new Map(), ...others]) {
  const kept = [...first].filter(([each]) => others.every((set) => set.has(each)));
  return ranked(kept.map(([each, score]) => [each, others.reduce((sum, set) => sum + set.get(each), score)]));
}

// Each word that is there counts more than how well it fits.
function any(sets) {
  const sums = new Map();
  for (const set of sets) for (const [each, score] of set) sums.set(each, (sums.get(each) ?? 0) + 1000 + score);
  return ranked(sums);
}

Object.assign(window.storegen, { Index, parts, wordsOf, stemsOf });
